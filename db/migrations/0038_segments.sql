CREATE TABLE `audience_entries` (
	`account_id` text NOT NULL,
	`segment_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `segment_id`, `at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audience_entries_segment` ON `audience_entries` (`segment_id`,`at`,`account_id`);--> statement-breakpoint
CREATE TABLE `audience_exits` (
	`account_id` text NOT NULL,
	`segment_id` text NOT NULL,
	`entered_at` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `segment_id`, `entered_at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audience_exits_segment` ON `audience_exits` (`segment_id`,`at`);--> statement-breakpoint
CREATE TABLE `segment_askings` (
	`segment_id` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `segment_versions` (
	`revision` integer PRIMARY KEY NOT NULL,
	`segment_id` text NOT NULL,
	`name` text,
	`definition` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `segment_versions_segment` ON `segment_versions` (`segment_id`,`revision`);