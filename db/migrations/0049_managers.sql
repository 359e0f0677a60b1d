CREATE TABLE `account_managers` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`segment_id` text,
	`why` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_managers_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_managers_open` ON `account_managers` (`account_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `account_managers_staff` ON `account_managers` (`staff_id`,`account_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `account_managers_account` ON `account_managers` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `manager_rule_lists` (
	`revision` integer PRIMARY KEY NOT NULL,
	`rules` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
