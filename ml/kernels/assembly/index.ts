export * from './trainer';
export * from './tables';
