CREATE TABLE `ledger_days` (
	`day` text NOT NULL,
	`currency` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`entries` integer NOT NULL,
	PRIMARY KEY(`day`, `currency`, `kind`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ledger_days_read` (
	`account_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `orders_listed`;--> statement-breakpoint
CREATE INDEX `orders_promised` ON `orders` (`promised_by`,`delivered_at`) WHERE promised_by IS NOT NULL AND is_cancelled = 0;--> statement-breakpoint
CREATE INDEX `orders_listed` ON `orders` (`currency`,`placed_at`,`id`,`status`,`source`,`is_cancelled`,`total_minor`,`discount_minor`,`refunded_minor`,`shipping_minor`,`tax_minor`,`root_id`);