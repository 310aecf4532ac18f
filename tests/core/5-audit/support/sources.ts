import type { TestSource } from './project.ts';

/** The sources that the public table of leaks is written against. */
export const sources: Readonly<Record<string, TestSource>> = {
  /** Whom to predict when; the label is known a month later. */
  spine: {
    columns: {
      customer_id: 'INTEGER',
      prediction_time: 'TIMESTAMP',
      churned: 'INTEGER',
      label_time: 'TIMESTAMP',
    },
    availableAt: 'prediction_time',
    cells: {
      churned: "prediction_time + interval '30 days'",
      label_time: "prediction_time + interval '30 days'",
    },
    notNull: ['customer_id', 'prediction_time'],
    primaryKey: ['customer_id', 'prediction_time'],
  },
  /** Things that happen, and arrive later. */
  events: {
    columns: {
      event_id: 'BIGINT',
      customer_id: 'INTEGER',
      event_ts: 'TIMESTAMP',
      loaded_at: 'TIMESTAMP',
      kind: 'VARCHAR',
      amount: 'DOUBLE',
    },
    availableAt: 'loaded_at',
    axioms: ['event_ts <= loaded_at'],
    notNull: ['event_id', 'customer_id', 'event_ts', 'loaded_at'],
    primaryKey: ['event_id'],
  },
  /** Events whose arrival is not always known. */
  feed: {
    columns: {
      customer_id: 'INTEGER',
      event_ts: 'TIMESTAMP',
      loaded_at: 'TIMESTAMP',
      business_day: 'DATE',
      amount: 'DOUBLE',
      quantity: 'INTEGER',
    },
    availableAt: 'loaded_at',
  },
  /** Tickets: closed and judged after they open. */
  tickets: {
    columns: {
      ticket_id: 'BIGINT',
      customer_id: 'INTEGER',
      opened_at: 'TIMESTAMP',
      loaded_at: 'TIMESTAMP',
      closed_at: 'TIMESTAMP',
      sentiment: 'DOUBLE',
      severity: 'INTEGER',
      owner: 'VARCHAR',
    },
    availableAt: 'loaded_at',
    cells: {
      closed_at: 'closed_at',
      sentiment: "closed_at + interval '1 hour'",
      owner: 'never',
    },
    axioms: ['opened_at <= loaded_at'],
    notNull: ['ticket_id', 'customer_id', 'opened_at', 'loaded_at', 'severity'],
    primaryKey: ['ticket_id'],
  },
  /** A slowly changing dimension: valid from one time, recorded at another. */
  plan_history: {
    columns: {
      customer_id: 'INTEGER',
      plan: 'VARCHAR',
      mrr: 'DOUBLE',
      valid_from: 'TIMESTAMP',
      valid_to: 'TIMESTAMP',
      recorded_at: 'TIMESTAMP',
    },
    availableAt: 'recorded_at',
    cells: { valid_to: 'valid_to' },
    notNull: ['customer_id', 'valid_from', 'recorded_at'],
  },
  /** Overwritten in place: only the last version of segment and country is kept. */
  customers: {
    columns: {
      customer_id: 'INTEGER',
      account_id: 'INTEGER',
      signup_ts: 'TIMESTAMP',
      segment: 'VARCHAR',
      country: 'VARCHAR',
      updated_at: 'TIMESTAMP',
    },
    availableAt: 'signup_ts',
    cells: { segment: 'updated_at', country: 'updated_at' },
    notNull: ['customer_id', 'signup_ts'],
    primaryKey: ['customer_id'],
  },
  /** Who belongs to whom, since when. */
  memberships: {
    columns: {
      customer_id: 'INTEGER',
      account_id: 'INTEGER',
      joined_at: 'TIMESTAMP',
    },
    availableAt: 'joined_at',
    notNull: ['customer_id', 'account_id', 'joined_at'],
  },
  /** Instants with a zone. */
  visits: {
    columns: { customer_id: 'INTEGER', visited_at: 'TIMESTAMP WITH TIME ZONE', pages: 'INTEGER' },
    availableAt: 'visited_at',
    notNull: ['customer_id', 'visited_at'],
  },
  /** Nobody says when its rows are known. */
  notes: { columns: { customer_id: 'INTEGER', note: 'VARCHAR' } },
};
