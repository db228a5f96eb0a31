export { createNeuralMouth } from './neural-mouth.ts';
