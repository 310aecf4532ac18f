export * from './binning';
export * from './gradients';
export * from './leaves';
export * from './rows';
export * from './search';
export * from './tables';
