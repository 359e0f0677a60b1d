CREATE TABLE `promise_amends` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`account_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "promise_amends_positive" CHECK(amount_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `promise_amends_once` ON `promise_amends` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `promise_amends_account` ON `promise_amends` (`account_id`);--> statement-breakpoint
CREATE TABLE `promise_decisions` (
	`finding_id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `promise_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`promise` text NOT NULL,
	`kept` integer NOT NULL,
	`of` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "promise_findings_counts" CHECK(kept >= 0 AND kept < "of")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `promise_findings_promise` ON `promise_findings` (`promise`,`at`);--> statement-breakpoint
CREATE TABLE `promise_tellings` (
	`id` text PRIMARY KEY NOT NULL,
	`benefit_id` text NOT NULL,
	`account_id` text NOT NULL,
	`is_kept` integer NOT NULL,
	`day` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `promise_tellings_benefit` ON `promise_tellings` (`benefit_id`,`day`);--> statement-breakpoint
CREATE INDEX `promise_tellings_account` ON `promise_tellings` (`account_id`);--> statement-breakpoint
CREATE INDEX `promise_tellings_broken` ON `promise_tellings` (`at`) WHERE is_kept = 0;--> statement-breakpoint
CREATE TABLE `minimum_waiver_endings` (
	`waiver_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`waiver_id`) REFERENCES `minimum_waivers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `minimum_waivers` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`until` integer,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "minimum_waivers_ahead" CHECK(until IS NULL OR until > at)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `minimum_waivers_account` ON `minimum_waivers` (`account_id`,`id`);--> statement-breakpoint
ALTER TABLE `club_benefits` ADD `level` text;