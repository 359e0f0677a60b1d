CREATE TABLE `email_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`email_from` text NOT NULL,
	`email_to` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_at` integer,
	`made_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `email_changes_customer` ON `email_changes` (`customer_id`);--> statement-breakpoint
CREATE INDEX `email_changes_due` ON `email_changes` (`due_at`) WHERE due_at IS NOT NULL AND made_at IS NULL AND ended_at IS NULL;--> statement-breakpoint
ALTER TABLE `sign_in_challenges` ADD `link_attempts` integer DEFAULT 0 NOT NULL;