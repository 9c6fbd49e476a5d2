-- Up Migration

-- What churn is predicted from is looked for customer by customer, and of most customers there are hundreds of activities and no
-- payment that failed.
create index user_activity_logs_milestones on user_activity_logs (customer_id, activity, "timestamp")
  where activity in ('download_app', 'view_results');
create index payment_attempts_failed on payment_attempts (invoice_id, attempted_at) where not succeeded;

-- Down Migration

drop index user_activity_logs_milestones, payment_attempts_failed;
