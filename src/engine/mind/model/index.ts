export {
  createModelMind,
  defaultContextTokens,
  defaultDeadlines,
  type ModelMindOptions,
} from './model-mind.ts';
