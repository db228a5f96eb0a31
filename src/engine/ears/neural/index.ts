export { createNeuralEars } from './neural-ears.ts';
