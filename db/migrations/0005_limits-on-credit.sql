CREATE TABLE `credit_days` (
	`staff_id` text NOT NULL,
	`day` text NOT NULL,
	`moved_minor` integer NOT NULL,
	`limit_minor` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `day`),
	CONSTRAINT "credit_days_within_limit" CHECK(moved_minor <= limit_minor)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `credit_decisions` (
	`request_id` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `credit_requests`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `credit_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`reason` text NOT NULL,
	`feedback_id` text,
	`staff_id` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `credit_requests_at` ON `credit_requests` (`at`);--> statement-breakpoint
CREATE TABLE `redemption_handovers` (
	`redemption_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_on` text;--> statement-breakpoint
CREATE INDEX `redemptions_owed` ON `redemptions` (`at`) WHERE kind IN ('payout', 'donation');