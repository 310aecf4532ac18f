import { randomUUID } from 'node:crypto';

/** What all artifacts of one command share. */
export interface Invocation {
  readonly id: string;
  readonly generatedAt: Date;
  /** Version of churn, told under `env`. */
  readonly version?: string;
}

/** The dbt whose artifact shapes we write; tools look at it to decide whether they can read the file. */
const dbtVersion = '1.9.4';

export function newInvocation(version?: string): Invocation {
  return { id: randomUUID(), generatedAt: new Date(), version };
}

export type ArtifactKind = 'manifest/v12' | 'run-results/v6' | 'catalog/v1';

/** dbt's BaseArtifactMetadata. */
export function artifactMetadata(kind: ArtifactKind, invocation: Invocation) {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${kind}.json`,
    dbt_version: dbtVersion,
    generated_at: invocation.generatedAt.toISOString(),
    invocation_id: invocation.id,
    env: invocation.version === undefined ? {} : { CHURN_VERSION: invocation.version },
  };
}
