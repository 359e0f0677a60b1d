CREATE TABLE `customer_looks` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`customer_id` text NOT NULL,
	`what` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_looks_at` ON `customer_looks` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `customer_looks_customer` ON `customer_looks` (`customer_id`,`at`);--> statement-breakpoint
CREATE INDEX `customer_looks_actor` ON `customer_looks` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `feedback_attachments_at` ON `feedback_attachments` (`at`);--> statement-breakpoint
CREATE INDEX `outbox_words` ON `outbox` (`created_at`) WHERE letter IS NOT '';