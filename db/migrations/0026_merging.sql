CREATE TABLE `customer_merge_entries` (
	`adjustment_id` text PRIMARY KEY NOT NULL,
	`merge_id` text NOT NULL,
	`account_id` text NOT NULL,
	`entry_seq` integer NOT NULL,
	`role` text NOT NULL,
	`is_undo` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_merge_entries_merge` ON `customer_merge_entries` (`merge_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `customer_merge_rows` (
	`merge_id` text NOT NULL,
	`kind` text NOT NULL,
	`row_key` text NOT NULL,
	PRIMARY KEY(`merge_id`, `kind`, `row_key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `customer_merge_undos` (
	`merge_id` text PRIMARY KEY NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `customer_merges` (
	`id` text PRIMARY KEY NOT NULL,
	`survivor_id` text NOT NULL,
	`survivor_root_id` text NOT NULL,
	`merged_id` text NOT NULL,
	`merged_root_id` text,
	`email` text,
	`filled` text NOT NULL,
	`survivor_signed_up_at` integer,
	`kept_minor` integer NOT NULL,
	`owed_minor` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_merges_survivor` ON `customer_merges` (`survivor_id`);--> statement-breakpoint
CREATE INDEX `customer_merges_merged` ON `customer_merges` (`merged_id`);--> statement-breakpoint
CREATE INDEX `customer_merges_survivor_root` ON `customer_merges` (`survivor_root_id`);--> statement-breakpoint
CREATE INDEX `customer_merges_merged_root` ON `customer_merges` (`merged_root_id`);--> statement-breakpoint
ALTER TABLE `former_emails` ADD `merge_id` text;