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
CREATE TABLE `former_emails` (
	`email` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
	`key` text,
	FOREIGN KEY (`feedback_id`) REFERENCES `feedback`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "feedback_messages_internal" CHECK(is_internal = 0 OR "from" = 'staff')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_messages_key_unique` ON `feedback_messages` (`key`);--> statement-breakpoint
CREATE INDEX `feedback_messages_thread` ON `feedback_messages` (`feedback_id`,`at`,`id`);--> statement-breakpoint
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
CREATE TABLE `job_runs` (
	`name` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`failure` text
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
	`sent_at` integer,
	`provider_id` text,
	`failed_at` integer,
	`failure` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`next_try_at`) WHERE sent_at IS NULL AND failed_at IS NULL;--> statement-breakpoint
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
	`browser` text NOT NULL
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
CREATE INDEX `vouchers_account` ON `vouchers` (`account_id`,`issued_at`);