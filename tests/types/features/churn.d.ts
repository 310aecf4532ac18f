declare namespace Churn {
  interface Models {
    engagement: {
      customer_id: number;
      activity_date: Date;
      available_at: Date | null;
      login_count: number | null;
      feature: string | null;
      is_mobile: boolean | null;
    };
    people: {
      customer_id: number;
      known_from: Date;
      joined_at: Date | null;
      left_at: Date | null;
      city: string | null;
    };
    spine: {
      customer_id: number;
      prediction_time: Date;
      cohort: string;
      tenure_days: number;
      churned: boolean | null;
    };
  }
  interface History {
    engagement: { h: 9600; d: 400; w: 57; mo: 12 };
  }
  interface Macros {
    in_euros: [amount: Argument, digits?: Argument];
    doubled: TypedArguments<typeof import('./_macros.ts').doubled>;
  }
  interface Sources {
    raw: { events: { event_id: number; event_ts: Date } };
  }
}
