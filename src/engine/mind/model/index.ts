export { createModelMind, type ModelMindOptions } from './model-mind.ts';
