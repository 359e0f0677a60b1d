CREATE TABLE `hospitality_decisions` (
	`entry_id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `hospitality_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `hospitality_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text NOT NULL,
	`giver_id` text NOT NULL,
	`purpose` text NOT NULL,
	`worth_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`day` text NOT NULL,
	`event_id` text,
	`act_limit_minor` integer NOT NULL,
	`year_limit_minor` integer NOT NULL,
	`year_before_minor` integer NOT NULL,
	`needs_approval` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`giver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hospitality_entries_worth" CHECK(worth_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hospitality_entries_customer` ON `hospitality_entries` (`customer_id`,`day`);--> statement-breakpoint
CREATE INDEX `hospitality_entries_day` ON `hospitality_entries` (`day`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `hospitality_entries_event` ON `hospitality_entries` (`event_id`,`customer_id`) WHERE event_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `hospitality_withdrawals` (
	`entry_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `hospitality_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
