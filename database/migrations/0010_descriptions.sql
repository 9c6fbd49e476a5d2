-- Up Migration

-- The data contract is generated from these comments: [domain] begins a table's, [identifying] or [health] ends a
-- column's whose values must not appear in logs. Instants carry a time zone; amounts are decimal currency units.

comment on table reporting.settings is '[platform] One row: what every report is computed for.';
comment on column reporting.settings.only_row is 'Always true: it keeps the table at one row.';
comment on column reporting.settings.as_of is 'Reports show what was known at this instant. Null: now.';
comment on column reporting.settings.time_zone is 'Zone that decides to which day, week and month an instant belongs, e.g. Europe/Berlin.';
comment on column reporting.settings.currency is 'Reporting currency, ISO 4217. Amounts in any other need exchange rates.';
comment on table reporting.calendar is '[platform] One row per day from 1990 to 2100. Filled by the migrations.';
comment on column reporting.calendar.day is 'The day.';
comment on column reporting.calendar.week is 'The Monday of its week.';
comment on column reporting.calendar.month is 'The first day of its month.';
comment on table reporting.months is '[platform] One row per calendar month from 1990 to 2100. Filled by the migrations.';
comment on column reporting.months.month is 'Its first day.';
comment on column reporting.months.next_month is 'The first day of the month after.';
comment on column reporting.months.month_number is 'Months since year 0; the difference of two is their distance in months.';

comment on table business_calendars is '[operations] One row per set of working days that a laboratory contract counts by.';
comment on column business_calendars.id is 'Short name of your choice, e.g. us-federal.';
comment on column business_calendars.name is 'Name shown to people.';
comment on column business_calendars.weekdays is 'Working days, 1 Monday to 7 Sunday, e.g. {1,2,3,4,5}.';
comment on table business_holidays is '[operations] One row per calendar and day that is not worked. To change one, delete it and insert it anew.';
comment on column business_holidays.calendar_id is 'The calendar it belongs to.';
comment on column business_holidays.day is 'The day off.';
comment on column business_holidays.name is 'Name of the holiday.';
comment on table business_calendar_days is '[operations] One row per calendar and day, numbered. Never loaded: triggers keep it from the two tables above.';
comment on column business_calendar_days.calendar_id is 'The calendar.';
comment on column business_calendar_days.day is 'The day.';
comment on column business_calendar_days.is_business_day is 'Whether it is worked.';
comment on column business_calendar_days.business_day is 'Running number of the business day, or of the next one; a turnaround is the difference of two.';

comment on table exchange_rates is '[finance] One row per currency and day with a rate, for currencies other than the reporting currency. An amount takes the latest rate on or before its day, at most 7 days old; with none, an import fails and names the row.';
comment on column exchange_rates.day is 'Day of the rate.';
comment on column exchange_rates.rate is 'Units of the reporting currency for one unit of this currency.';

comment on table payers is '[payers] One row per insurer or public programme (from your claims or billing system).';
comment on column payers.name is 'Name, unique.';
comment on column payers.payer_type is 'commercial_insurance, medicare or medicaid.';

comment on table marketing_channels is '[marketing] One row per channel that can bring customers, e.g. facebook, content_marketing.';
comment on column marketing_channels.channel is 'Short name that spend, touchpoints and customers refer to.';
comment on column marketing_channels.name is 'Name shown to people.';
comment on column marketing_channels.is_paid is 'True where money is spent per click, view or placement.';

comment on table customers is '[customers] One row per person who signed up or bought, subscribers and test buyers alike (Salesforce contact, Stripe customer).';
comment on column customers.created_at is 'Instant of sign-up.';
comment on column customers.full_name is 'Name. Null when not kept here. [identifying]';
comment on column customers.email is 'E-mail address. Null when not kept here. [identifying]';
comment on column customers.date_of_birth is 'Date of birth. Null when unknown. [identifying]';
comment on column customers.sex is 'female, male or other. Null when unknown. [identifying]';
comment on column customers.state is 'State or region of residence now, e.g. CA. Null when unknown.';
comment on column customers.genotype is 'Alpha-1 genotype known now: ZZ, SZ, MZ, MM, MS or SS. Null until known. Either order of alleles and a leading PI* are understood (ZM, PI*MZ). [health]';
comment on column customers.payer_type is 'Who pays now. Null when unknown.';
comment on column customers.payer_id is 'The insurer now. Null when unknown or paying oneself.';
comment on column customers.acquisition_channel is 'Channel that is said to have brought the customer. Null when unknown.';
comment on column customers.utm_source is 'utm_source of the visit that signed up. Null when there was none.';
comment on column customers.utm_medium is 'utm_medium of that visit.';
comment on column customers.utm_campaign is 'utm_campaign of that visit.';

comment on table customer_history is '[customers] One row per change of a customer''s attributes, with the FORMER values (Salesforce field history). The current values stand in customers. Updates are recorded by a trigger; load only changes from before the first import.';
comment on column customer_history.customer_id is 'The customer.';
comment on column customer_history.valid_until is 'The values of this row held until this instant.';
comment on column customer_history.genotype is 'Genotype until then. Null: it was not known. [health]';
comment on column customer_history.payer_type is 'Payer type until then. Null: it was not known.';
comment on column customer_history.state is 'State until then. Null: it was not known.';

comment on table cohorts is '[customers] One row per saved cohort. Made in the product; a source system has none.';
comment on column cohorts.name is 'Name.';
comment on column cohorts.description is 'What it is for. Null when not said.';
comment on column cohorts.filter_criteria is 'JSON object of conditions that choose its customers.';
comment on column cohorts.customer_ids is 'Fixed list of customers. Null when the criteria decide.';
comment on column cohorts.created_at is 'When it was saved.';

comment on table plans is '[revenue] One row per product that can be subscribed to (Stripe product).';
comment on column plans.id is 'Short name or the source''s id, e.g. care-plus.';
comment on column plans.name is 'Name shown to people.';

comment on table subscriptions is '[revenue] One row per subscription from its start to its end (Stripe subscription). A customer who returns gets a new row. Price and plan are in subscription_terms.';
comment on column subscriptions.customer_id is 'The subscriber.';
comment on column subscriptions.started_at is 'Start of access, a trial included.';
comment on column subscriptions.trial_ends_at is 'End of the free trial; until then its monthly recurring revenue is 0. Null: no trial.';
comment on column subscriptions.cancelled_at is 'Notice was given (Stripe canceled_at). Paid access goes on until ended_at. Null: no notice.';
comment on column subscriptions.ended_at is 'Paid access ended (Stripe ended_at); may lie ahead when the end is known. Null: goes on.';

comment on table subscription_terms is '[revenue] One row per period of unchanged price, quantity, discount and plan of a subscription (Stripe subscription item). Each holds until the next row''s valid_from; the first must start with the subscription.';
comment on column subscription_terms.subscription_id is 'The subscription.';
comment on column subscription_terms.valid_from is 'In force from this instant.';
comment on column subscription_terms.plan_id is 'The plan.';
comment on column subscription_terms.unit_amount is 'Price of one unit per billing interval, before tax and discount, in currency units (Stripe''s cents / 100).';
comment on column subscription_terms.quantity is 'Units, e.g. seats.';
comment on column subscription_terms.discount_percent is 'Recurring discount in percent, 0 to 100. One-off coupons belong on the invoice line only.';
comment on column subscription_terms.discount_amount is 'Recurring discount per billing interval in currency units, taken after the percentage.';
comment on column subscription_terms.billing_interval is 'day, week, month, quarter or year.';
comment on column subscription_terms.interval_count is 'Billed every so many intervals: 6 with month is half-yearly.';

comment on table partners is '[finance] One row per business partner (Salesforce account).';
comment on column partners.name is 'Name, unique.';
comment on column partners.kind is 'insurance_broker, employer, pharma, research or clinic.';
comment on column partners.started_on is 'First day of the partnership.';
comment on column partners.ended_on is 'Last day. Null: goes on.';

comment on table invoices is '[revenue] One row per invoice to a customer or a partner (Stripe invoice). Amounts are in invoice_lines.';
comment on column invoices.customer_id is 'Customer it concerns. Null for a partner''s.';
comment on column invoices.partner_id is 'Partner it goes to. Null for a customer''s.';
comment on column invoices.payer_id is 'Insurer that pays it. Null when none does.';
comment on column invoices.payer_type is 'Who pays it. Null when unknown.';
comment on column invoices.issued_at is 'Instant of issue.';
comment on column invoices.paid_at is 'Instant of full payment; revenue counts on this day. Null: unpaid or void.';

comment on table invoice_lines is '[revenue] One row per line of an invoice (Stripe invoice line item).';
comment on column invoice_lines.invoice_id is 'The invoice.';
comment on column invoice_lines.revenue_source is 'b2c_tests, b2c_subscriptions, b2b_employer, research_partnerships or clinical_trials.';
comment on column invoice_lines.description is 'Text of the line. Null when there is none.';
comment on column invoice_lines.amount is 'Before tax, after discounts, in the invoice''s currency. Credits are negative.';
comment on column invoice_lines.tax is 'Tax on top of the amount.';
comment on column invoice_lines.subscription_id is 'Subscription it bills. Null for anything else.';
comment on column invoice_lines.service_from is 'First day of the service paid for; revenue is recognised evenly over the period. Null: on payment.';
comment on column invoice_lines.service_to is 'Last day of that period.';

comment on table refunds is '[revenue] One row per amount paid back on a line (Stripe refund, split by line).';
comment on column refunds.invoice_line_id is 'The line.';
comment on column refunds.amount is 'Before tax, positive, in the invoice''s currency.';
comment on column refunds.refunded_at is 'Instant of the refund; it reduces the revenue of this day.';
comment on column refunds.reason is 'Reason. Null when not said.';

comment on table payment_attempts is '[revenue] One row per attempt to collect an invoice (Stripe charge), failed ones included.';
comment on column payment_attempts.invoice_id is 'The invoice.';
comment on column payment_attempts.attempted_at is 'Instant of the attempt.';
comment on column payment_attempts.succeeded is 'Whether the money came.';

comment on table marketing_campaigns is '[marketing] One row per campaign of a channel (Google Ads or Meta campaign).';
comment on column marketing_campaigns.channel is 'Its channel.';
comment on column marketing_campaigns.name is 'Name, unique within the channel.';
comment on column marketing_campaigns.status is 'active, paused or completed.';
comment on column marketing_campaigns.started_on is 'First day. Null when unknown.';
comment on column marketing_campaigns.ended_on is 'Last day. Null: goes on or unknown.';

comment on table marketing_touchpoints is '[marketing] One row per visit that a channel brought (web analytics sessions), of people who never became customers too: attribution needs the journeys that failed.';
comment on column marketing_touchpoints.customer_id is 'The customer, once known. Null while anonymous; visitor_id is set then.';
comment on column marketing_touchpoints.visitor_id is 'Anonymous visitor (cookie or device id); the same before and after sign-up where known. [identifying]';
comment on column marketing_touchpoints.source is 'The channel.';
comment on column marketing_touchpoints.medium is 'Kind of link, e.g. cpc, email. Null when unknown.';
comment on column marketing_touchpoints.campaign is 'Campaign of that channel. Null when there is none.';
comment on column marketing_touchpoints.content is 'Advertisement or link that was followed. Null when unknown.';
comment on column marketing_touchpoints.utm_source is 'utm_source of the address as it came. Null when it had none.';
comment on column marketing_touchpoints.utm_medium is 'utm_medium of the address.';
comment on column marketing_touchpoints.utm_campaign is 'utm_campaign of the address.';
comment on column marketing_touchpoints.utm_term is 'utm_term of the address.';
comment on column marketing_touchpoints.utm_content is 'utm_content of the address.';
comment on column marketing_touchpoints.referrer_url is 'Page it came from. Null when unknown. [identifying]';
comment on column marketing_touchpoints.landing_page_url is 'Page it led to. Null when unknown. [identifying]';
comment on column marketing_touchpoints.session_id is 'Visit; several touches of one channel in a session count once. Null: each counts. [identifying]';
comment on column marketing_touchpoints."timestamp" is 'Instant of the touch.';
comment on column marketing_touchpoints.is_first_touch is 'As the source flagged it. No report reads it: order comes from the timestamps.';
comment on column marketing_touchpoints.is_last_touch is 'As the source flagged it. No report reads it.';
comment on column marketing_touchpoints.created_at is 'When the row was recorded.';

comment on table marketing_spend is '[marketing] One row per channel, campaign, day and currency (daily report of the advertising account).';
comment on column marketing_spend.channel is 'The channel.';
comment on column marketing_spend.campaign_name is 'Campaign of that channel. Null: spend of the channel as a whole.';
comment on column marketing_spend.amount is 'Spend of the day before tax, in currency units.';
comment on column marketing_spend.date is 'The day.';
comment on column marketing_spend.impressions is 'Views. Null where the channel does not report them.';
comment on column marketing_spend.clicks is 'Clicks. Null where the channel does not report them: unknown is not none.';
comment on column marketing_spend.created_at is 'When the row was recorded.';

comment on table lab_partners is '[operations] One row per laboratory.';
comment on column lab_partners.name is 'Name, unique.';

comment on table lab_contracts is '[operations] One row per laboratory and start of terms. In force from valid_from until the laboratory''s next row: one must be in force whenever a sample is sent.';
comment on column lab_contracts.lab_partner_id is 'The laboratory.';
comment on column lab_contracts.valid_from is 'First day in force, in the laboratory''s zone.';
comment on column lab_contracts.calendar_id is 'Working days that turnaround counts by.';
comment on column lab_contracts.time_zone is 'Zone of the laboratory, e.g. America/New_York.';
comment on column lab_contracts.cut_off is 'Local time; what comes later counts for the next business day.';
comment on column lab_contracts.sla_turnaround_days is 'Business days allowed from sending to result.';
comment on column lab_contracts.sla_share is 'Share of orders that must be on time, 0 to 1.';
comment on column lab_contracts.penalty_per_late_order is 'Penalty for each late order, in currency units.';
comment on column lab_contracts.penalty_cap_per_month is 'Most that is due per month. Null: no cap.';

comment on table test_orders is '[operations] One row per ordered test (laboratory information system). A rejected sample''s repetition is a new row.';
comment on column test_orders.customer_id is 'Who is tested.';
comment on column test_orders.lab_partner_id is 'The laboratory.';
comment on column test_orders.recollection_of is 'The rejected order that this one repeats. Null otherwise. Rows may come in any order.';
comment on column test_orders.ordered_at is 'Instant of the order.';
comment on column test_orders.collected_at is 'The sample was taken. Null: not yet or unknown.';
comment on column test_orders.sent_to_lab_at is 'The sample left for the laboratory: turnaround starts. Null: not yet.';
comment on column test_orders.received_at is 'The laboratory received the sample. Null: not yet or unknown.';
comment on column test_orders.results_received_at is 'The result arrived: turnaround ends. Null: open, rejected or cancelled.';
comment on column test_orders.rejected_at is 'The laboratory rejected the sample. Null: it did not.';
comment on column test_orders.rejection_reason is 'Reason of the rejection. Null when there is none.';
comment on column test_orders.cancelled_at is 'The order was cancelled. Null: it was not.';

comment on table proficiency_tests is '[operations] One row per laboratory and round of proficiency testing.';
comment on column proficiency_tests.lab_partner_id is 'The laboratory.';
comment on column proficiency_tests.tested_on is 'Day of the round.';
comment on column proficiency_tests.samples is 'Samples tested.';
comment on column proficiency_tests.correct is 'Those with the correct result.';

comment on table counselors is '[operations] One row per genetic counselor.';
comment on column counselors.name is 'Name.';
comment on column counselors.full_time_equivalent is 'Share of full time, above 0 to 1.';
comment on column counselors.max_sessions_per_week is 'Most sessions in a week.';
comment on column counselors.target_session_minutes is 'Planned length of a session in minutes.';
comment on column counselors.hired_on is 'First day.';
comment on column counselors.left_on is 'Last day. Null: still here.';
comment on table counselor_availability is '[operations] One row per span of time in which a counselor can hold sessions (scheduling system). Spans of one counselor do not overlap.';
comment on column counselor_availability.counselor_id is 'The counselor.';
comment on column counselor_availability.starts_at is 'Start of the span.';
comment on column counselor_availability.ends_at is 'End of the span.';
comment on table counselor_time_off is '[operations] One row per absence of a counselor; it is taken off the availability.';
comment on column counselor_time_off.counselor_id is 'The counselor.';
comment on column counselor_time_off.starts_at is 'Start of the absence.';
comment on column counselor_time_off.ends_at is 'End of the absence.';

comment on table genetic_counseling_sessions is '[operations] One row per request for counselling, held or not (scheduling system).';
comment on column genetic_counseling_sessions.customer_id is 'Who asked.';
comment on column genetic_counseling_sessions.counselor_id is 'The counselor. Null until scheduled.';
comment on column genetic_counseling_sessions.requested_at is 'Instant of the request: the wait starts.';
comment on column genetic_counseling_sessions.scheduled_at is 'Instant it is booked for. Null: on the waiting list.';
comment on column genetic_counseling_sessions.booked_minutes is 'Booked length in minutes. Null exactly when not scheduled.';
comment on column genetic_counseling_sessions.started_at is 'It began. Null: not held.';
comment on column genetic_counseling_sessions.ended_at is 'It ended. Null: not held or running.';
comment on column genetic_counseling_sessions.cancelled_at is 'The request was cancelled. Null: it was not.';
comment on column genetic_counseling_sessions.no_show is 'The customer did not come.';
comment on column genetic_counseling_sessions.satisfaction is 'Customer''s rating, 1 to 5. Null when not given.';

comment on table user_activity_logs is '[customers] One row per thing a customer did in the product (event tracking, e.g. Segment).';
comment on column user_activity_logs.id is 'Number of the event. Left out, it is assigned.';
comment on column user_activity_logs.customer_id is 'The customer.';
comment on column user_activity_logs."timestamp" is 'Instant of the event.';
comment on column user_activity_logs.activity is 'What was done. Reports look for view_results, download_app and share_results; other names count as activity.';
comment on column user_activity_logs.session_id is 'Session of use. Null when unknown. [identifying]';
comment on column user_activity_logs.duration_seconds is 'Length in seconds. Null for an instant.';

comment on table email_messages is '[customers] One row per message sent to a customer (e-mail service).';
comment on column email_messages.customer_id is 'The recipient.';
comment on column email_messages.sent_at is 'Instant of sending.';
comment on column email_messages.opened_at is 'First opened. Null: not, or not tracked.';
comment on column email_messages.clicked_at is 'First link followed. Null: none.';

comment on table support_tickets is '[operations] One row per ticket (Zendesk ticket).';
comment on column support_tickets.customer_id is 'Who asked. Null when not a customer.';
comment on column support_tickets.opened_at is 'Instant of opening.';
comment on column support_tickets.first_response_at is 'First answer by a person. Null: none yet.';
comment on column support_tickets.resolved_at is 'Resolved for good. Null: open.';
comment on column support_tickets.priority is 'low, medium, high or critical.';
comment on column support_tickets.category is 'What it is about, e.g. billing.';
comment on column support_tickets.contacts is 'Messages from the customer until resolved; 1 is a first contact resolution.';
comment on column support_tickets.csat is 'Rating after it, 1 to 5. Null when not given.';

comment on table survey_responses is '[customers] One row per answer to a survey.';
comment on column survey_responses.customer_id is 'Who answered. Null for the public.';
comment on column survey_responses.survey is 'nps, brand_awareness or satisfaction.';
comment on column survey_responses.answered_at is 'Instant of the answer.';
comment on column survey_responses.score is 'nps 0 to 10; brand_awareness 0 or 1; satisfaction 1 to 5.';

comment on table payer_contracts is '[payers] One row per payer and start of terms. In force from valid_from until the payer''s next row.';
comment on column payer_contracts.payer_id is 'The payer.';
comment on column payer_contracts.valid_from is 'First day in force.';
comment on column payer_contracts.reimbursement_per_test is 'Agreed amount for one test, in currency units.';

comment on table claims is '[payers] One row per test that a payer was asked to reimburse (claims clearing house).';
comment on column claims.test_order_id is 'The test.';
comment on column claims.payer_id is 'The payer.';
comment on column claims.submitted_at is 'Instant of submission.';
comment on column claims.adjudicated_at is 'Instant of the decision. Null while submitted.';
comment on column claims.status is 'submitted, paid or denied.';
comment on column claims.billed_amount is 'Amount asked for, in currency units.';
comment on column claims.paid_amount is 'Amount paid; 0 unless paid.';

comment on table payer_members is '[payers] One row per person insured by a payer: those diagnosed here, and the payer''s other members for comparison (payer''s membership file).';
comment on column payer_members.payer_id is 'The payer.';
comment on column payer_members.customer_id is 'The customer, for those diagnosed here. Null for comparison members.';
comment on column payer_members.birth_year is 'Year of birth. [identifying]';
comment on column payer_members.sex is 'female, male or other. [identifying]';
comment on column payer_members.region is 'Region used in matching.';
comment on column payer_members.comorbidity_score is 'Comorbidity index, 0 and up, before diagnosis. [health]';
comment on column payer_members.enrolled_on is 'First day insured.';
comment on column payer_members.disenrolled_on is 'Last day insured. Null: still insured.';
comment on column payer_members.died_on is 'Day of death. Null: living. [health]';
comment on column payer_members.diagnosed_on is 'Day of diagnosis. Null for comparison members. [health]';

comment on table medical_claims is '[payers] One row per service that a payer paid for a member (payer''s claims file).';
comment on column medical_claims.member_id is 'The member.';
comment on column medical_claims.service_on is 'Day of the service.';
comment on column medical_claims.service is 'emergency, inpatient, outpatient, pharmacy or augmentation_therapy. [health]';
comment on column medical_claims.allowed_amount is 'Allowed amount, in currency units.';

comment on table clinical_outcomes is '[payers] One row per member and day of measurement (registry or clinic).';
comment on column clinical_outcomes.member_id is 'The member.';
comment on column clinical_outcomes.measured_on is 'Day of measurement.';
comment on column clinical_outcomes.fev1_ml is 'Forced expiratory volume in one second, millilitres. Null: not measured. [health]';
comment on column clinical_outcomes.sgrq_score is 'St George''s Respiratory Questionnaire, 0 best to 100 worst. Null: not answered. [health]';
comment on column clinical_outcomes.exacerbations is 'Exacerbations since the last measurement. Null: unknown. [health]';

comment on table ledger_entries is '[finance] One row per change of cash (accounting system, cash basis).';
comment on column ledger_entries.booked_on is 'Day of the change.';
comment on column ledger_entries.category is 'Account or category, e.g. salaries.';
comment on column ledger_entries.activity is 'operating, investing or financing.';
comment on column ledger_entries.cost_class is 'cost_of_revenue, variable or fixed. Null for receipts and financing.';
comment on column ledger_entries.product is 'tests, subscriptions or shared. Null when it belongs to none.';
comment on column ledger_entries.amount is 'Money in is positive, money out negative, in currency units.';

comment on table population_estimates is '[finance] One row per region and year, for market penetration.';
comment on column population_estimates.region is 'Region, e.g. US.';
comment on column population_estimates.year is 'Calendar year.';
comment on column population_estimates.people_with_aatd is 'Estimated people with alpha-1 antitrypsin deficiency.';
comment on column population_estimates.source is 'Publication or registry.';

comment on table service_health_samples is '[platform] One row per component and sample (monitoring).';
comment on column service_health_samples.component is 'Service, e.g. api.';
comment on column service_health_samples.sampled_at is 'Start of the sampled interval.';
comment on column service_health_samples.interval_seconds is 'Seconds until the next sample is due; one that never came counts as down.';
comment on column service_health_samples.is_up is 'Whether it answered.';
comment on column service_health_samples.requests is 'Requests in the interval.';
comment on column service_health_samples.server_errors is 'Those answered with 5xx.';
comment on column service_health_samples.latency_counts is 'Requests that took at most 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000 ms, and longer; each counted once.';
comment on column service_health_samples.active_users is 'Users active in the interval.';
comment on column service_health_samples.db_connections is 'Open database connections.';
comment on column service_health_samples.db_connections_max is 'Most that are allowed.';

comment on table churn_predictions is '[customers] One row per customer and scoring. Written by the churn model; a source system has none.';
comment on column churn_predictions.customer_id is 'The customer.';
comment on column churn_predictions.churn_probability is 'Calibrated probability of churn within 90 days, 0 to 1.';
comment on column churn_predictions.risk_level is 'low below 0.2, medium below 0.5, high below 0.8, else critical.';
comment on column churn_predictions.features is 'What the model saw, as JSON. [health]';
comment on column churn_predictions.interventions is 'Proposed interventions, as JSON. Null: none.';
comment on column churn_predictions.intervention_sent is 'Whether one was sent.';
comment on column churn_predictions.intervention_type is 'Its kind. Null: none sent.';
comment on column churn_predictions.intervention_sent_at is 'When it was sent. Null: none sent.';
comment on column churn_predictions.customer_churned is 'What came to pass. Null until known.';
comment on column churn_predictions.churned_at is 'When the customer churned. Null: not, or not yet known.';
comment on column churn_predictions.model_version is 'Model that scored.';
comment on column churn_predictions.predicted_at is 'Instant of the scoring.';

comment on table operational_alerts is '[platform] One row per alert. Written by alerting; a source system has none.';
comment on column operational_alerts.type is 'Kind of alert, e.g. lab_sla.';
comment on column operational_alerts.severity is 'low, medium, high or critical.';
comment on column operational_alerts.message is 'What happened, for people.';
comment on column operational_alerts.affected_entity_type is 'Kind of thing concerned, e.g. lab_partner. Null: none.';
comment on column operational_alerts.affected_entity_id is 'Its id. Null: none.';
comment on column operational_alerts.status is 'open, acknowledged or resolved.';
comment on column operational_alerts.acknowledged_at is 'When someone took it on. Null: nobody yet.';
comment on column operational_alerts.acknowledged_by is 'Who did. [identifying]';
comment on column operational_alerts.resolved_at is 'When it was resolved. Null: it is not.';
comment on column operational_alerts.resolved_by is 'Who resolved it. Null: nobody, or it ended by itself. [identifying]';
comment on column operational_alerts.resolution_notes is 'What was done. Null when not said.';
comment on column operational_alerts.created_at is 'When it was raised.';

-- Identifiers and currencies mean the same in every table.
do $$
declare
  missing record;
begin
  for missing in
    select a.attrelid::regclass as in_table, a.attname as in_column
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname in ('id', 'currency')
      and col_description(a.attrelid, a.attnum) is null
  loop
    execute format('comment on column %s.%I is %L', missing.in_table, missing.in_column,
      case missing.in_column
        when 'id' then 'Identifier: a UUID of your own that stays the same. Left out, one is made.'
        else 'ISO 4217 code of the amounts in this row, e.g. USD.'
      end);
  end loop;
end $$;

-- Down Migration

do $$
declare
  described record;
begin
  for described in
    select c.oid::regclass as in_table, a.attname as in_column
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and (c.relnamespace = 'public'::regnamespace or c.relnamespace = 'reporting'::regnamespace)
  loop
    execute format('comment on table %s is null', described.in_table);
    execute format('comment on column %s.%I is null', described.in_table, described.in_column);
  end loop;
end $$;
