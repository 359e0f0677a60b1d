CREATE TABLE `account_spend` (
	`root_id` text NOT NULL,
	`currency` text NOT NULL,
	`spend_minor` integer NOT NULL,
	`order_count` integer NOT NULL,
	PRIMARY KEY(`root_id`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`owner_id` text,
	`first_placed_at` integer,
	`signed_up_at` integer,
	`history_seq` integer NOT NULL,
	`ledger_seq` integer NOT NULL,
	`ledger_hash` text NOT NULL,
	`balance_minor` integer NOT NULL,
	`settled_revision` integer NOT NULL,
	`club_spans` text,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	CONSTRAINT "accounts_owner_is_personal" CHECK((kind = 'personal') = (owner_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_shared_name` ON `accounts` (`name`) WHERE kind = 'shared';--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_department_name` ON `accounts` (`root_id`,`name`) WHERE kind = 'department';--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_owner` ON `accounts` (`owner_id`) WHERE owner_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_root` ON `accounts` (`root_id`);--> statement-breakpoint
CREATE INDEX `accounts_unsettled` ON `accounts` (`settled_revision`,`id`) WHERE id = root_id;--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text,
	`member_number` text,
	`language` text,
	`claimed_at` integer,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	`closed_at` integer,
	CONSTRAINT "customers_email_normal" CHECK("customers"."email" = lower(trim("customers"."email")))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_email_unique` ON `customers` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `customers_member_number_unique` ON `customers` (`member_number`);--> statement-breakpoint
CREATE INDEX `customers_claimed` ON `customers` (`claimed_at`) WHERE claimed_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `former_emails` (
	`email` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `former_emails_customer` ON `former_emails` (`customer_id`);--> statement-breakpoint
CREATE TABLE `history` (
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`order_id` text,
	`detail` text NOT NULL,
	`programme_revision` integer NOT NULL,
	PRIMARY KEY(`account_id`, `seq`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `memberships` (
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`role` text,
	`may_redeem` integer,
	PRIMARY KEY(`account_id`, `customer_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `memberships_customer` ON `memberships` (`customer_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`act` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`detail` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_log_at` ON `audit_log` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject_kind`,`subject_id`,`at`);--> statement-breakpoint
CREATE TABLE `bonus_reversals` (
	`bonus_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `bonus_reversals_account` ON `bonus_reversals` (`account_id`);--> statement-breakpoint
CREATE TABLE `bonuses` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`cause_kind` text NOT NULL,
	`cause_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "bonuses_positive" CHECK(amount_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `bonuses_account` ON `bonuses` (`account_id`,`cause_kind`,`cause_id`);--> statement-breakpoint
CREATE TABLE `club_applications` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_applications_account` ON `club_applications` (`account_id`);--> statement-breakpoint
CREATE INDEX `club_applications_at` ON `club_applications` (`at`);--> statement-breakpoint
CREATE TABLE `club_benefits` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`texts` text NOT NULL,
	`detail` text NOT NULL,
	`from` integer NOT NULL,
	`until` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_benefits_kind` ON `club_benefits` (`kind`);--> statement-breakpoint
CREATE TABLE `club_decisions` (
	`application_id` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_endings` (
	`membership_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`until` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_endings_account` ON `club_endings` (`account_id`);--> statement-breakpoint
CREATE TABLE `club_event_answers` (
	`event_id` text NOT NULL,
	`seq` integer NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`answer` text NOT NULL,
	`guests` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`event_id`, `seq`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_event_answers_customer` ON `club_event_answers` (`customer_id`);--> statement-breakpoint
CREATE INDEX `club_event_answers_account` ON `club_event_answers` (`account_id`);--> statement-breakpoint
CREATE TABLE `club_event_cancellations` (
	`event_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_event_notices` (
	`event_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`event_id`, `customer_id`, `kind`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_events` (
	`id` text PRIMARY KEY NOT NULL,
	`texts` text NOT NULL,
	`place` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`places` integer NOT NULL,
	`guests_max` integer NOT NULL,
	`answer_until` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_events_start` ON `club_events` (`starts_at`);--> statement-breakpoint
CREATE TABLE `club_invitation_answers` (
	`invitation_id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`how` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_invitations_account` ON `club_invitations` (`account_id`);--> statement-breakpoint
CREATE INDEX `club_invitations_at` ON `club_invitations` (`at`);--> statement-breakpoint
CREATE TABLE `club_levels` (
	`key` text PRIMARY KEY NOT NULL,
	`from_minor` integer NOT NULL,
	`names` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `club_levels_from_minor_unique` ON `club_levels` (`from_minor`);--> statement-breakpoint
CREATE TABLE `club_memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`since` integer NOT NULL,
	`how` text NOT NULL,
	`cause_id` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `club_memberships_account` ON `club_memberships` (`account_id`);--> statement-breakpoint
CREATE INDEX `club_memberships_at` ON `club_memberships` (`at`);--> statement-breakpoint
CREATE TABLE `club_sweeps` (
	`name` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`position` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_withdrawal_notices` (
	`withdrawal_id` text NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`withdrawal_id`, `account_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `club_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`benefit_id` text NOT NULL,
	`reason` text NOT NULL,
	`bonus_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "club_withdrawals_not_negative" CHECK(bonus_minor >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `club_withdrawals_benefit_id_unique` ON `club_withdrawals` (`benefit_id`);--> statement-breakpoint
CREATE TABLE `directory_choices` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`is_shown` integer NOT NULL,
	`name` text NOT NULL,
	`company` text,
	`interests` text,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `directory_choices_customer` ON `directory_choices` (`customer_id`,`id`);--> statement-breakpoint
CREATE TABLE `directory_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`text` text NOT NULL,
	`gives_address` integer NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `directory_messages_to` ON `directory_messages` (`to_id`,`at`);--> statement-breakpoint
CREATE INDEX `directory_messages_from` ON `directory_messages` (`from_id`,`at`);--> statement-breakpoint
CREATE TABLE `drop_claim_endings` (
	`claim_id` text PRIMARY KEY NOT NULL,
	`drop_id` text NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drop_claim_endings_drop` ON `drop_claim_endings` (`drop_id`);--> statement-breakpoint
CREATE TABLE `drop_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`drop_id` text NOT NULL,
	`seq` integer NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drop_claims_account` ON `drop_claims` (`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `drop_claims_once` ON `drop_claims` (`drop_id`,`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `drop_claims_order` ON `drop_claims` (`drop_id`,`seq`);--> statement-breakpoint
CREATE TABLE `drop_closings` (
	`drop_id` text PRIMARY KEY NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `drop_grants` (
	`claim_id` text PRIMARY KEY NOT NULL,
	`drop_id` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drop_grants_drop` ON `drop_grants` (`drop_id`);--> statement-breakpoint
CREATE INDEX `drop_grants_until` ON `drop_grants` (`until`);--> statement-breakpoint
CREATE TABLE `drop_notices` (
	`drop_id` text NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`drop_id`, `account_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `drop_windows` (
	`drop_id` text NOT NULL,
	`level` text NOT NULL,
	`opens_at` integer NOT NULL,
	PRIMARY KEY(`drop_id`, `level`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drop_windows_opening` ON `drop_windows` (`opens_at`);--> statement-breakpoint
CREATE TABLE `drops` (
	`id` text PRIMARY KEY NOT NULL,
	`texts` text NOT NULL,
	`sku` text,
	`stock` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`hold_hours` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "drops_stock" CHECK(stock > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drops_closing` ON `drops` (`closes_at`);--> statement-breakpoint
CREATE TABLE `panel_answers` (
	`question_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`choice` integer NOT NULL,
	`comment` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `customer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `panel_outcomes` (
	`question_id` text PRIMARY KEY NOT NULL,
	`texts` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `panel_questions` (
	`id` text PRIMARY KEY NOT NULL,
	`texts` text NOT NULL,
	`choices` text NOT NULL,
	`closes_at` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `panel_questions_closing` ON `panel_questions` (`closes_at`);--> statement-breakpoint
CREATE TABLE `case_alerts` (
	`feedback_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`feedback_id`, `due_at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `case_events` (
	`feedback_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`subject_id` text,
	`key` text,
	PRIMARY KEY(`feedback_id`, `seq`),
	FOREIGN KEY (`feedback_id`) REFERENCES `cases`(`feedback_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `case_events_key_unique` ON `case_events` (`key`);--> statement-breakpoint
CREATE TABLE `cases` (
	`feedback_id` text PRIMARY KEY NOT NULL,
	`opened_at` integer NOT NULL,
	`state` text NOT NULL,
	`owner_id` text,
	`cause_id` text,
	`reply_due_at` integer,
	`changed_at` integer NOT NULL,
	`event_seq` integer NOT NULL,
	FOREIGN KEY (`feedback_id`) REFERENCES `feedback`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`reply_due_at`,`feedback_id`) WHERE reply_due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `cases_state` ON `cases` (`state`,`changed_at`);--> statement-breakpoint
CREATE INDEX `cases_owner` ON `cases` (`owner_id`,`state`) WHERE owner_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `cases_cause` ON `cases` (`cause_id`) WHERE cause_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `causes` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	`outcome` text,
	`change_text` text,
	`published_at` integer,
	CONSTRAINT "causes_closed_whole" CHECK((closed_at IS NULL) = (outcome IS NULL)),
	CONSTRAINT "causes_published_closed" CHECK(published_at IS NULL OR outcome = 'changed')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `causes_name_unique` ON `causes` (`name`);--> statement-breakpoint
CREATE INDEX `causes_published` ON `causes` (`published_at`) WHERE published_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text,
	`account_id` text,
	`root_id` text,
	`order_source` text,
	`order_number` text,
	`line_id` text,
	`served_by` text,
	`page` text,
	`text` text NOT NULL,
	`language` text,
	`wants_reply` integer NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`key` text,
	CONSTRAINT "feedback_account_has_root" CHECK((account_id IS NULL) = (root_id IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_reference_unique` ON `feedback` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_key_unique` ON `feedback` (`key`);--> statement-breakpoint
CREATE INDEX `feedback_at` ON `feedback` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `feedback_kind` ON `feedback` (`kind`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `feedback_customer` ON `feedback` (`customer_id`,`at`) WHERE customer_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feedback_order` ON `feedback` (`order_source`,`order_number`) WHERE order_number IS NOT NULL;--> statement-breakpoint
CREATE TABLE `feedback_attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`feedback_id` text NOT NULL,
	`message_id` text,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`stored_as` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`feedback_id`) REFERENCES `feedback`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_attachments_stored_as_unique` ON `feedback_attachments` (`stored_as`);--> statement-breakpoint
CREATE INDEX `feedback_attachments_feedback` ON `feedback_attachments` (`feedback_id`,`id`);--> statement-breakpoint
CREATE TABLE `feedback_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`feedback_id` text NOT NULL,
	`from` text NOT NULL,
	`text` text NOT NULL,
	`is_internal` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`feedback_id`) REFERENCES `feedback`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "feedback_messages_internal" CHECK(is_internal = 0 OR "from" = 'staff')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `feedback_messages_thread` ON `feedback_messages` (`feedback_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `feedback_messages_at` ON `feedback_messages` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `consent_texts` (
	`version` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`text` text NOT NULL,
	`first_shown_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`is_given` integer NOT NULL,
	`version` text NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version`) REFERENCES `consent_texts`(`version`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `consents_customer` ON `consents` (`customer_id`,`kind`,`id`);--> statement-breakpoint
CREATE TABLE `join_decisions` (
	`request_id` text NOT NULL,
	`seq` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`request_id`, `seq`),
	FOREIGN KEY (`request_id`) REFERENCES `join_requests`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `join_invitation_ends` (
	`invitation_id` text PRIMARY KEY NOT NULL,
	`how` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`invitation_id`) REFERENCES `join_invitations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `join_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`account_id` text,
	`may_redeem` integer NOT NULL,
	`language` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `join_invitations_email` ON `join_invitations` (`email`,`expires_at`);--> statement-breakpoint
CREATE INDEX `join_invitations_account` ON `join_invitations` (`account_id`,`expires_at`);--> statement-breakpoint
CREATE INDEX `join_invitations_expiry` ON `join_invitations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `join_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text,
	`language` text,
	`terms_version` text NOT NULL,
	`news_version` text,
	`referral_code` text,
	`asked_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `join_requests_email_unique` ON `join_requests` (`email`);--> statement-breakpoint
CREATE INDEX `join_requests_asked` ON `join_requests` (`asked_at`);--> statement-breakpoint
CREATE TABLE `membership_events` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`role` text,
	`may_redeem` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `membership_events_account` ON `membership_events` (`account_id`,`customer_id`,`id`);--> statement-breakpoint
CREATE TABLE `profile_answers` (
	`customer_id` text NOT NULL,
	`question` text NOT NULL,
	`answer` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`customer_id`, `question`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mail_events` (
	`id` text PRIMARY KEY NOT NULL,
	`mail_id` text,
	`kind` text NOT NULL,
	`detail` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mail_events_mail` ON `mail_events` (`mail_id`,`at`);--> statement-breakpoint
CREATE TABLE `mail_preferences` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`topic` text NOT NULL,
	`is_on` integer NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mail_preferences_customer` ON `mail_preferences` (`customer_id`,`topic`,`id`);--> statement-breakpoint
CREATE TABLE `nearly_looks` (
	`root_id` text PRIMARY KEY NOT NULL,
	`history_seq` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `nearly_notices` (
	`root_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`period_start` text NOT NULL,
	`target_minor` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`root_id`, `rule_id`, `version`, `period_start`, `target_minor`),
	FOREIGN KEY (`root_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`reason` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	CONSTRAINT "suppressions_lifted" CHECK((lifted_at IS NULL) = (lifted_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_open` ON `suppressions` (`address`,`reason`) WHERE lifted_at IS NULL;--> statement-breakpoint
CREATE TABLE `job_runs` (
	`name` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`failure` text,
	`goes_on_after` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`template` text NOT NULL,
	`params` text NOT NULL,
	`customer_id` text,
	`address` text,
	`language` text,
	`created_at` integer NOT NULL,
	`next_try_at` integer NOT NULL,
	`tries` integer NOT NULL,
	`rendered` text,
	`letter` text,
	`sent_at` integer,
	`provider_id` text,
	`failed_at` integer,
	`failure` text,
	`first_try_at` integer,
	`withheld_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`next_try_at`) WHERE sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL;--> statement-breakpoint
CREATE INDEX `outbox_failed` ON `outbox` (`failed_at`) WHERE failed_at IS NOT NULL AND withheld_at IS NULL;--> statement-breakpoint
CREATE INDEX `outbox_customer` ON `outbox` (`customer_id`,`created_at`) WHERE customer_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`set_at` integer NOT NULL,
	`set_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`undone_at` integer,
	`report` text,
	`actor` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `order_events` (
	`order_id` text NOT NULL,
	`source` text NOT NULL,
	`event_id` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	`at_on` text,
	`note` text,
	`carrier` text,
	`tracking_number` text,
	`tracking_url` text,
	`parcel` text,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`order_id`, `source`, `event_id`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`order_id` text NOT NULL,
	`position` integer NOT NULL,
	`line_id` text NOT NULL,
	`sku` text,
	`product` text,
	`category` text,
	`quantity_milli` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`discount_minor` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	`is_gift_card` integer NOT NULL,
	PRIMARY KEY(`order_id`, `position`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_lines_money" CHECK(total_minor BETWEEN 0 AND 10000000000000 AND discount_minor BETWEEN 0 AND total_minor
        AND refunded_minor BETWEEN 0 AND total_minor - discount_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`number` text NOT NULL,
	`account_id` text NOT NULL,
	`root_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	`placed_on` text,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`discount_minor` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	`shipping_minor` integer,
	`tax_minor` integer,
	`line_count` integer NOT NULL,
	`first_product` text,
	`status` text NOT NULL,
	`status_at` integer NOT NULL,
	`status_on` text,
	`delivered_at` integer,
	`delivered_on` text,
	`is_cancelled` integer NOT NULL,
	`is_held` integer NOT NULL,
	`promised_by` text,
	`import_id` text,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "orders_money" CHECK(total_minor BETWEEN 0 AND 10000000000000000 AND discount_minor BETWEEN 0 AND total_minor
        AND refunded_minor BETWEEN 0 AND total_minor - discount_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_business_key` ON `orders` (`source`,`number`);--> statement-breakpoint
CREATE INDEX `orders_root_placed` ON `orders` (`root_id`,`placed_at`,`number`);--> statement-breakpoint
CREATE INDEX `orders_delivered` ON `orders` (`delivered_at`) WHERE delivered_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_import` ON `orders` (`import_id`) WHERE import_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `refund_lines` (
	`order_id` text NOT NULL,
	`refund_id` text NOT NULL,
	`line_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	PRIMARY KEY(`order_id`, `refund_id`, `line_id`),
	CONSTRAINT "refund_lines_positive" CHECK(amount_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `refunds` (
	`order_id` text NOT NULL,
	`refund_id` text NOT NULL,
	`at` integer NOT NULL,
	`at_on` text,
	`reason` text,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`order_id`, `refund_id`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`api_key_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`api_key_id`, `key`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text PRIMARY KEY NOT NULL,
	`window_start` integer NOT NULL,
	`tries` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `rate_limits_window` ON `rate_limits` (`window_start`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`browser` text NOT NULL,
	`factor_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sessions_subject` ON `sessions` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`email` text NOT NULL,
	`subject_id` text,
	`browser_hash` text NOT NULL,
	`referral_code` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`consumed_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sign_in_challenges_expiry` ON `sign_in_challenges` (`expires_at`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email_unique` ON `staff` (`email`);--> statement-breakpoint
CREATE TABLE `referral_codes` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_codes_code_unique` ON `referral_codes` (`code`);--> statement-breakpoint
CREATE TABLE `referral_marks` (
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`mark` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`customer_id`, `kind`, `mark`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `referral_marks_mark` ON `referral_marks` (`kind`,`mark`);--> statement-breakpoint
CREATE TABLE `referral_steps` (
	`referral_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`code` text,
	`against` integer,
	`text` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`referral_id`, `seq`),
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_steps_found` ON `referral_steps` (`referral_id`,`code`) WHERE kind = 'found';--> statement-breakpoint
CREATE UNIQUE INDEX `referral_steps_appeal` ON `referral_steps` (`referral_id`,`against`) WHERE kind = 'appealed';--> statement-breakpoint
CREATE TABLE `referrals` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`referrer_id` text NOT NULL,
	`referrer_root_id` text NOT NULL,
	`friend_id` text NOT NULL,
	`friend_root_id` text NOT NULL,
	`via` text NOT NULL,
	`told_at` integer NOT NULL,
	`own_minor` integer NOT NULL,
	`friend_minor` integer NOT NULL,
	`minimum_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`waiting_days` integer NOT NULL,
	`state` text NOT NULL,
	`order_id` text,
	`step_seq` integer NOT NULL,
	`looked_seq` integer NOT NULL,
	`looked_at` integer NOT NULL,
	`due_at` integer,
	`recorded_at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`referrer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`friend_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "referrals_of_another" CHECK(referrer_id <> friend_id),
	CONSTRAINT "referrals_money" CHECK(own_minor >= 0 AND friend_minor >= 0 AND minimum_minor >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_friend` ON `referrals` (`friend_id`);--> statement-breakpoint
CREATE INDEX `referrals_referrer` ON `referrals` (`referrer_id`,`told_at`);--> statement-breakpoint
CREATE INDEX `referrals_referrer_root` ON `referrals` (`referrer_root_id`);--> statement-breakpoint
CREATE INDEX `referrals_friend_root` ON `referrals` (`friend_root_id`,`looked_seq`);--> statement-breakpoint
CREATE INDEX `referrals_news` ON `referrals` (`looked_seq`) WHERE looked_seq = -1;--> statement-breakpoint
CREATE INDEX `referrals_due` ON `referrals` (`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_state` ON `referrals` (`state`,`told_at`);--> statement-breakpoint
CREATE TABLE `adjustments` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `counted_spend` (
	`root_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	`number` text NOT NULL,
	`source` text NOT NULL,
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`period_start` text NOT NULL,
	`period_end` text,
	`order_id` text NOT NULL,
	`counted_minor` integer NOT NULL,
	`settles_at` integer,
	`is_settled` integer NOT NULL,
	PRIMARY KEY(`root_id`, `placed_at`, `number`, `source`, `rule_id`, `version`),
	CONSTRAINT "counted_spend_positive" CHECK(counted_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `counted_spend_due` ON `counted_spend` (`settles_at`,`root_id`) WHERE is_settled = 0 AND settles_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `ledger` (
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`balance_after_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`effective_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`rule_id` text,
	`version` integer,
	`period_start` text,
	`period_end` text,
	`spend_after_minor` integer,
	`order_source` text,
	`order_number` text,
	`lot_seq` integer,
	`cause_seq` integer,
	`cause` text,
	`expires_at` integer,
	`hash` text NOT NULL,
	PRIMARY KEY(`account_id`, `seq`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_not_zero" CHECK(amount_minor <> 0),
	CONSTRAINT "ledger_redeem_covered" CHECK(kind <> 'redeem' OR (amount_minor < 0 AND balance_after_minor >= 0)),
	CONSTRAINT "ledger_signs" CHECK((kind IN ('earn','reversal','unexpire','bonus','forgive') AND amount_minor > 0)
        OR (kind IN ('clawback','redeem','expire','bonus_reversal') AND amount_minor < 0) OR kind = 'adjust')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `lots` (
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	`rule_id` text,
	`version` integer,
	`amount_minor` integer NOT NULL,
	`remaining_minor` integer NOT NULL,
	`expired_minor` integer NOT NULL,
	`dated_at` integer NOT NULL,
	`expires_at` integer,
	PRIMARY KEY(`account_id`, `seq`),
	CONSTRAINT "lots_whole" CHECK(remaining_minor >= 0 AND expired_minor >= 0 AND remaining_minor + expired_minor <= amount_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `lots_expiring` ON `lots` (`expires_at`,`account_id`) WHERE remaining_minor > 0 AND expires_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `period_totals` (
	`root_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`period_start` text NOT NULL,
	`period_end` text,
	`spend_minor` integer NOT NULL,
	`settled_minor` integer NOT NULL,
	`posted_minor` integer NOT NULL,
	PRIMARY KEY(`root_id`, `rule_id`, `version`, `period_start`),
	CONSTRAINT "period_totals_whole" CHECK(settled_minor BETWEEN 0 AND spend_minor AND posted_minor >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `programmes` (
	`revision` integer PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`set_at` integer NOT NULL,
	`set_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`reference` text,
	`entry_seq` integer NOT NULL,
	`taken` text NOT NULL,
	`voucher_code` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "redemptions_positive" CHECK(amount_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `redemptions_account` ON `redemptions` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `reversals` (
	`redemption_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rule_versions` (
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`definition` text NOT NULL,
	`until` text,
	`revision` integer NOT NULL,
	PRIMARY KEY(`rule_id`, `version`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `voucher_cancellations` (
	`code` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `voucher_uses` (
	`code` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`order_source` text NOT NULL,
	`order_number` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `voucher_uses_order` ON `voucher_uses` (`order_source`,`order_number`);--> statement-breakpoint
CREATE TABLE `vouchers` (
	`code` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`taken` text NOT NULL,
	`redemption_id` text,
	`rule_id` text,
	`version` integer,
	`period_start` text,
	`amount_minor` integer NOT NULL,
	`minimum_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer,
	CONSTRAINT "vouchers_positive" CHECK(amount_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `vouchers_account` ON `vouchers` (`account_id`,`issued_at`);--> statement-breakpoint
CREATE TABLE `customer_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_notes_customer` ON `customer_notes` (`customer_id`,`id`);--> statement-breakpoint
CREATE TABLE `kept_figures` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL,
	`took_ms` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `staff_factor_uses` (
	`factor_id` text NOT NULL,
	`proof` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`factor_id`, `proof`),
	FOREIGN KEY (`factor_id`) REFERENCES `staff_factors`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `staff_factors` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_factors_open` ON `staff_factors` (`staff_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `staff_recovery_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`factor_id` text NOT NULL,
	FOREIGN KEY (`factor_id`) REFERENCES `staff_factors`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `survey_answers` (
	`invitation_id` text NOT NULL,
	`question_id` text NOT NULL,
	`survey_id` text NOT NULL,
	`value` integer,
	`text` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`invitation_id`, `question_id`),
	FOREIGN KEY (`invitation_id`) REFERENCES `survey_invitations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "survey_answers_something" CHECK((value IS NULL) <> (text IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `survey_answers_results` ON `survey_answers` (`survey_id`,`question_id`,`value`);--> statement-breakpoint
CREATE INDEX `survey_answers_at` ON `survey_answers` (`at`,`invitation_id`,`question_id`);--> statement-breakpoint
CREATE TABLE `survey_finishes` (
	`invitation_id` text PRIMARY KEY NOT NULL,
	`survey_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`root_id` text NOT NULL,
	`low_question_id` text,
	`language` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`invitation_id`) REFERENCES `survey_invitations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `survey_finishes_survey` ON `survey_finishes` (`survey_id`,`at`);--> statement-breakpoint
CREATE INDEX `survey_finishes_root` ON `survey_finishes` (`root_id`);--> statement-breakpoint
CREATE INDEX `survey_finishes_low` ON `survey_finishes` (`at`) WHERE low_question_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `survey_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`survey_id` text NOT NULL,
	`version` integer NOT NULL,
	`customer_id` text NOT NULL,
	`root_id` text NOT NULL,
	`reason` text NOT NULL,
	`occasion` text NOT NULL,
	`token_hash` text NOT NULL,
	`incentive_minor` integer,
	`currency` text,
	`is_regular` integer NOT NULL,
	`is_member` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "survey_invitations_incentive" CHECK((incentive_minor IS NULL) = (currency IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `survey_invitations_token_hash_unique` ON `survey_invitations` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `survey_invitations_occasion` ON `survey_invitations` (`survey_id`,`customer_id`,`occasion`);--> statement-breakpoint
CREATE INDEX `survey_invitations_customer` ON `survey_invitations` (`customer_id`,`at`);--> statement-breakpoint
CREATE INDEX `survey_invitations_survey` ON `survey_invitations` (`survey_id`,`at`);--> statement-breakpoint
CREATE TABLE `survey_sendings` (
	`id` text PRIMARY KEY NOT NULL,
	`survey_id` text NOT NULL,
	`occasion` text NOT NULL,
	`bought_since` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`after_customer_id` text NOT NULL,
	`invited` integer NOT NULL,
	`resting` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`survey_id`) REFERENCES `surveys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `survey_sendings_occasion` ON `survey_sendings` (`survey_id`,`occasion`);--> statement-breakpoint
CREATE INDEX `survey_sendings_open` ON `survey_sendings` (`at`) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE TABLE `survey_versions` (
	`survey_id` text NOT NULL,
	`version` integer NOT NULL,
	`definition` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`survey_id`, `version`),
	FOREIGN KEY (`survey_id`) REFERENCES `surveys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `surveys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`opened_at` integer,
	`opened_by` text,
	`closed_at` integer,
	`closed_by` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `change_notices` (
	`cause_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`cause_id`, `customer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `testimonial_decisions` (
	`testimonial_id` text NOT NULL,
	`seq` integer NOT NULL,
	`decision` text NOT NULL,
	`excerpt` text,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`testimonial_id`, `seq`),
	FOREIGN KEY (`testimonial_id`) REFERENCES `testimonials`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `testimonial_decisions_approved` ON `testimonial_decisions` (`at`) WHERE decision = 'approve';--> statement-breakpoint
CREATE TABLE `testimonial_withdrawals` (
	`testimonial_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`testimonial_id`) REFERENCES `testimonials`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `testimonials` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`root_id` text NOT NULL,
	`text` text NOT NULL,
	`language` text NOT NULL,
	`name_form` text NOT NULL,
	`shown_name` text NOT NULL,
	`consent` text NOT NULL,
	`source` text NOT NULL,
	`source_id` text,
	`key` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `testimonials_key_unique` ON `testimonials` (`key`);--> statement-breakpoint
CREATE INDEX `testimonials_customer` ON `testimonials` (`customer_id`,`at`);--> statement-breakpoint
CREATE INDEX `testimonials_at` ON `testimonials` (`at`,`id`);