CREATE TABLE `import_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`order_id` text NOT NULL,
	`change` text NOT NULL,
	`recorded_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `import_changes_import` ON `import_changes` (`import_id`);--> statement-breakpoint
CREATE INDEX `import_changes_order` ON `import_changes` (`order_id`);--> statement-breakpoint
CREATE INDEX `order_lines_gift_cards` ON `order_lines` (`order_id`) WHERE is_gift_card = 1;--> statement-breakpoint
CREATE INDEX `waiting_sales_tax_included` ON `waiting_sales` (`placed_at`) WHERE instr(state, '"taxIncludedMinor":"') > 0;--> statement-breakpoint
CREATE INDEX `waiting_sales_gift_cards` ON `waiting_sales` (`placed_at`) WHERE instr(state, '"isGiftCard":true') > 0;