declare const CHURN_VERSION: string | undefined;

/** The package's version, put in by the bundler; sources run by tests have none. */
export const version = typeof CHURN_VERSION === 'undefined' ? '0.0.0-source' : CHURN_VERSION;
