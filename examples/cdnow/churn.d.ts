// Written by `churn typegen` from the bound catalog of cdnow. Do not edit; run it again.

declare namespace Churn {
  interface Models {
    bronze_transactions: {
      customer_id: number;
      purchase_date: Date;
      cds: number | null;
      dollars: number | null;
    };
    customer_360: {
      customer_id: number;
      prediction_time: Date;
      cohort: string;
      tenure_days: number | null;
      frequency: number | null;
      monetary: number | null;
      recency_days: number;
      frequency_30d: number | null;
      frequency_90d: number | null;
      frequency_180d: number | null;
      monetary_90d: number | null;
      monetary_180d: number | null;
      order_value_180d: number | null;
      largest_order_180d: number | null;
      cds_180d: number | null;
      purchase_velocity_90d: number | null;
      spend_change_90d: number | null;
      decayed_frequency: number | null;
      months_active: number | null;
      mean_gap_days: number | null;
      longest_gap_days: number | null;
      last_gap_days: number | null;
      recency_vs_gap: number | null;
      churned: boolean;
    };
    gold_active_customers: {
      customer_id: number;
      prediction_time: Date;
      cohort: string | null;
      tenure_days: number | null;
      frequency: number | null;
      monetary: number | null;
    };
    gold_habit_features: {
      customer_id: number;
      prediction_time: Date;
      decayed_frequency: number | null;
      months_active: number | null;
      mean_gap_days: number | null;
      longest_gap_days: number | null;
      last_gap_days: number | null;
      recency_vs_gap: number | null;
    };
    gold_labels: {
      customer_id: number;
      prediction_time: Date;
      churned: boolean;
    };
    gold_prediction_times: {
      prediction_time: Date;
    };
    gold_purchase_features: {
      customer_id: number;
      prediction_time: Date;
      recency_days: number;
      frequency_30d: number | null;
      frequency_90d: number | null;
      frequency_180d: number | null;
      monetary_90d: number | null;
      monetary_180d: number | null;
      order_value_180d: number | null;
      largest_order_180d: number | null;
      cds_180d: number | null;
      purchase_velocity_90d: number | null;
      spend_change_90d: number | null;
    };
    silver_customers: {
      customer_id: number;
      known_from: Date;
      first_purchase_date: Date;
      purchase_days: number | null;
      lifetime_dollars: number | null;
    };
    silver_purchases: {
      customer_id: number;
      purchase_date: Date;
      transactions: number | null;
      cds: number | null;
      dollars: number | null;
      days_since_previous: number | null;
    };
  }
  interface Sources {
    raw: {
      transactions: {
        customer_id: number;
        purchase_date: Date;
        cds: number;
        dollars: number;
      };
    };
  }
  interface Macros {
    generate_schema_name: [custom_schema_name: Argument, node: Argument];
  }
}
