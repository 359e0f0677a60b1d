CREATE TABLE `order_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`from_root_id` text NOT NULL,
	`from_account_id` text NOT NULL,
	`from_customer_id` text NOT NULL,
	`to_root_id` text NOT NULL,
	`to_account_id` text NOT NULL,
	`to_customer_id` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_moves_order` ON `order_moves` (`order_id`);--> statement-breakpoint
CREATE TABLE `withdrawn_events` (
	`order_id` text NOT NULL,
	`source` text NOT NULL,
	`event_id` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	`note` text,
	`carrier` text,
	`tracking_number` text,
	`tracking_url` text,
	`parcel` text,
	`recorded_at` integer NOT NULL,
	`withdrawn_at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`order_id`, `source`, `event_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_events_by_hand` ON `order_events` (`event_id`) WHERE source = 'console';--> statement-breakpoint
CREATE INDEX `orders_listed` ON `orders` (`currency`,`placed_at`,`id`,`status`,`source`,`is_cancelled`,`total_minor`,`discount_minor`,`refunded_minor`,`shipping_minor`,`tax_minor`);--> statement-breakpoint
CREATE INDEX `orders_by_state` ON `orders` (`status`,`placed_at`,`id`) WHERE status <> 'delivered';--> statement-breakpoint
CREATE INDEX `orders_awaited` ON `orders` (`placed_at`,`id`,`promised_by`) WHERE promised_by IS NOT NULL AND delivered_at IS NULL AND is_cancelled = 0;--> statement-breakpoint
CREATE VIRTUAL TABLE `product_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);
