export * from './trail.ts';
export * from './api.ts';
export * from './realtime/index.ts';
