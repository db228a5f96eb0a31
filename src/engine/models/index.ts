export { catalogue, catalogued, type CatalogueEntry } from './catalogue.ts';
export {
  isModelKind,
  modelKinds,
  partsOf,
  type ModelKind,
  type ModelPart,
  type ModelPurpose,
} from './kinds.ts';
export {
  installedModels,
  openModel,
  removeModel,
  type InstalledModel,
  type ModelManifest,
} from './store.ts';
export { pullModel, type PullSource, type PullStep } from './pull.ts';
export { runTrial } from './trial.ts';
