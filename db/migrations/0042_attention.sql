CREATE TABLE `attention_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`saying_id` text NOT NULL,
	`kind` text NOT NULL,
	`staff_id` text,
	`until_on` text,
	`outcome` text,
	`note` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attention_acts_saying` ON `attention_acts` (`saying_id`,`at`);--> statement-breakpoint
CREATE TABLE `attention_promises` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`root_id` text NOT NULL,
	`department_id` text NOT NULL,
	`saying_id` text,
	`said_on` text NOT NULL,
	`due_on` text NOT NULL,
	`mark_minor` integer,
	`is_below` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attention_promises_due` ON `attention_promises` (`due_on`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `attention_promises_drawn` ON `attention_promises` (`root_id`,`list`,`department_id`,`said_on`) WHERE saying_id IS NULL;--> statement-breakpoint
CREATE TABLE `attention_records` (
	`list` text NOT NULL,
	`month` text NOT NULL,
	`said` integer NOT NULL,
	`happened` integer NOT NULL,
	`drawn` integer NOT NULL,
	`drawn_happened` integer NOT NULL,
	PRIMARY KEY(`list`, `month`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `attention_runs` (
	`day` text PRIMARY KEY NOT NULL,
	`stage` text NOT NULL,
	`step` integer NOT NULL,
	`reached` text NOT NULL,
	`median_minor` integer,
	`begun_at` integer NOT NULL,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `attention_sayings` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`root_id` text NOT NULL,
	`department_id` text NOT NULL,
	`said_on` text NOT NULL,
	`left_on` text,
	`reasons` text NOT NULL,
	`value_minor` integer NOT NULL,
	`has_happened` integer,
	`assigned_to` text,
	`snoozed_until` text,
	`outcome` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `attention_sayings_open` ON `attention_sayings` (`root_id`,`list`,`department_id`) WHERE left_on IS NULL;--> statement-breakpoint
CREATE INDEX `attention_sayings_listed` ON `attention_sayings` (`list`,`value_minor`,`id`) WHERE left_on IS NULL AND outcome IS NULL;--> statement-breakpoint
CREATE INDEX `attention_sayings_assigned` ON `attention_sayings` (`assigned_to`,`value_minor`,`id`) WHERE assigned_to IS NOT NULL AND left_on IS NULL AND outcome IS NULL;--> statement-breakpoint
CREATE INDEX `attention_sayings_closed` ON `attention_sayings` (`list`,`value_minor`,`id`) WHERE outcome IS NOT NULL;--> statement-breakpoint
CREATE INDEX `attention_sayings_account` ON `attention_sayings` (`root_id`);--> statement-breakpoint
CREATE TABLE `lapsed_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`saying_id` text,
	`day` text NOT NULL,
	`first_reason` text,
	`first_words` text,
	`real_reason` text,
	`real_words` text,
	`answers` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `lapsed_calls_day` ON `lapsed_calls` (`day`,`id`);--> statement-breakpoint
CREATE INDEX `lapsed_calls_account` ON `lapsed_calls` (`root_id`,`day`);--> statement-breakpoint
CREATE TABLE `need_shares` (
	`id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`day` text NOT NULL,
	`percent` integer NOT NULL,
	`others` text,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "need_shares_percent" CHECK(percent BETWEEN 0 AND 100)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `need_shares_account` ON `need_shares` (`root_id`,`day`);