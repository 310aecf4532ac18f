// Written by `churn typegen` from the bound catalog of saas_churn. Do not edit; run it again.

declare namespace Churn {
  interface Models {
    account_history: {
      customer_id: number;
      account_status: string | null;
      account_owner: string | null;
      health_score: number | null;
      updated_at: Date | null;
      dbt_scd_id: string | null;
      dbt_updated_at: Date | null;
      dbt_valid_from: Date | null;
      dbt_valid_to: Date | null;
    };
    bronze_contracts: {
      contract_id: number;
      customer_id: number;
      term: string | null;
      annual_value: number | null;
      signed_at: Date | null;
      starts_on: Date | null;
      ends_on: Date | null;
      loaded_at: Date;
    };
    bronze_customers: {
      customer_id: number;
      company_name: string | null;
      country: string | null;
      utc_offset_minutes: number | null;
      industry: string | null;
      segment: string | null;
      signed_up_local: Date;
      cancelled_at: Date | null;
      cancel_reason: string | null;
      account_status: string | null;
      account_owner: string | null;
      health_score: number | null;
      updated_at: Date | null;
      loaded_at: Date;
    };
    bronze_events: {
      event_id: number;
      customer_id: number | null;
      event_type: string | null;
      event_ts: Date;
      feature: string | null;
      onboarding_step: number | null;
      login_count: number | null;
      duration_seconds: number | null;
      device: string | null;
      loaded_at: Date;
    };
    bronze_support_tickets: {
      ticket_id: number;
      customer_id: number | null;
      opened_at: Date;
      closed_at: Date | null;
      sentiment: number | null;
      escalated_at: Date | null;
      category: string | null;
      priority: string | null;
      loaded_at: Date;
    };
    cohorts: {
      cohort: string;
      horizon_days: number | null;
      base_churn_low: number | null;
      base_churn_high: number | null;
    };
    customer_360: {
      customer_id: number;
      prediction_time: Date;
      cohort: string;
      ltv_tier: string;
      tenure_days: number;
      annual_value: number;
      term: string | null;
      country: string | null;
      industry: string | null;
      days_to_first_login: number | null;
      onboarding_completion_pct: number | null;
      first_week_logins: number | null;
      logins_7d: number;
      logins_14d: number;
      logins_30d: number;
      features_used_30d: number;
      session_minutes_30d: number;
      login_velocity_wow: number;
      feature_velocity_wow: number;
      login_trend_4w: number | null;
      tickets_30d: number;
      avg_sentiment_30d: number | null;
      escalation_rate_30d: number | null;
      days_to_renewal: number | null;
      engagement_30d_vs_past: number | null;
      engagement_60d_vs_past: number | null;
      horizon_days: number | null;
      label_known_at: Date | null;
      churned: boolean | null;
      days_until_churn: number | null;
    };
    gold_customer_spine: {
      customer_id: number;
      prediction_time: Date;
      cohort: string | null;
      tenure_days: number | null;
      ltv_tier: string;
      signed_up_at: Date | null;
      annual_value: number | null;
      country: string | null;
      industry: string | null;
      term: string | null;
      contract_ends_on: Date | null;
      horizon_days: number | null;
      label_known_at: Date | null;
      churned: boolean | null;
      days_until_churn: number | null;
    };
    gold_features_activation: {
      customer_id: number;
      prediction_time: Date;
      days_to_first_login: number | null;
      first_week_logins: number | null;
    };
    gold_features_engagement: {
      customer_id: number;
      prediction_time: Date;
      logins_7d: number;
      logins_14d: number;
      logins_30d: number;
      logins_60d: number;
      logins_120d: number;
      features_used_30d: number;
      session_minutes_30d: number;
      login_velocity_wow: number;
      feature_velocity_wow: number;
      login_trend_4w: number | null;
    };
    gold_features_onboarding: {
      customer_id: number;
      prediction_time: Date;
      onboarding_completion_pct: number | null;
    };
    gold_features_renewal: {
      customer_id: number;
      prediction_time: Date;
      days_to_renewal: number | null;
      engagement_30d_vs_past: number | null;
      engagement_60d_vs_past: number | null;
    };
    gold_features_support: {
      customer_id: number;
      prediction_time: Date;
      tickets_30d: number;
      avg_sentiment_30d: number | null;
      escalation_rate_30d: number | null;
    };
    product_areas: {
      feature: string;
      area_group: string | null;
    };
    silver_customers: {
      customer_id: number;
      known_from: Date;
      signed_up_at: Date;
      tenure_days: number | null;
      cohort: string | null;
      ltv_tier: string | null;
      annual_value: number | null;
      country: string | null;
      industry: string;
      segment: string | null;
      contract_id: number | null;
      term: string | null;
      contract_starts_on: Date | null;
      contract_ends_on: Date | null;
      cancelled_at: Date | null;
    };
    silver_daily_engagement: {
      customer_id: number;
      activity_date: Date;
      feature: string;
      available_at: Date;
      session_count: number | null;
      login_count: number | null;
      session_seconds: number | null;
      session_minutes: number | null;
    };
    silver_onboarding_steps: {
      customer_id: number;
      onboarding_step: number | null;
      completed_at: Date;
      available_at: Date;
    };
    silver_support_tickets: {
      ticket_id: number;
      customer_id: number;
      opened_at: Date;
      category: string | null;
      closed_at: Date | null;
      sentiment: number | null;
      sentiment_known_at: Date | null;
      escalated_at: Date | null;
      available_at: Date;
    };
  }
  interface Sources {
    raw: {
      contracts: {
        contract_id: number;
        customer_id: number;
        term: string | null;
        annual_value: number;
        signed_at: Date | null;
        starts_on: Date;
        ends_on: Date;
        loaded_at: Date;
      };
      customers: {
        customer_id: number;
        company_name: string | null;
        country: string | null;
        utc_offset_minutes: number;
        industry: string | null;
        segment: string | null;
        signed_up_local: Date;
        cancelled_at: Date | null;
        cancel_reason: string | null;
        account_status: string | null;
        account_owner: string | null;
        health_score: number | null;
        updated_at: Date | null;
        loaded_at: Date;
      };
      events: {
        event_id: number;
        customer_id: number | null;
        event_type: string | null;
        event_ts: Date;
        feature: string | null;
        onboarding_step: number | null;
        login_count: number | null;
        duration_seconds: number | null;
        device: string | null;
        loaded_at: Date;
      };
      support_tickets: {
        ticket_id: number;
        customer_id: number;
        opened_at: Date;
        closed_at: Date | null;
        sentiment: number | null;
        escalated_at: Date | null;
        category: string | null;
        priority: string | null;
        loaded_at: Date;
      };
    };
  }
  interface History {
    bronze_events: { h: 3600; d: 150; w: 21; mo: 4 };
    bronze_support_tickets: { h: 3600; d: 150; w: 21; mo: 4 };
    customer_360: { h: 3600; d: 150; w: 21; mo: 4 };
    gold_features_activation: { h: 3600; d: 150; w: 21; mo: 4 };
    gold_features_engagement: { h: 3600; d: 150; w: 21; mo: 4 };
    gold_features_onboarding: { h: 3600; d: 150; w: 21; mo: 4 };
    gold_features_renewal: { h: 3600; d: 150; w: 21; mo: 4 };
    gold_features_support: { h: 3600; d: 150; w: 21; mo: 4 };
    'raw.events': { h: 3600; d: 150; w: 21; mo: 4 };
    'raw.support_tickets': { h: 3600; d: 150; w: 21; mo: 4 };
    silver_daily_engagement: { h: 3600; d: 150; w: 21; mo: 4 };
    silver_onboarding_steps: { h: 3600; d: 150; w: 21; mo: 4 };
    silver_support_tickets: { h: 3600; d: 150; w: 21; mo: 4 };
  }
  interface Macros {
    cohort_at: [signed_up_at: Argument, instant: Argument];
    generate_schema_name: [custom_schema_name: Argument, node: Argument];
    local_to_utc: [local_time: Argument, offset_minutes: Argument];
    ltv_tier: [annual_value: Argument];
  }
}
