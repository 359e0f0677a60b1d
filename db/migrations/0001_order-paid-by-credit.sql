ALTER TABLE `redemptions` ADD `order_source` text;--> statement-breakpoint
ALTER TABLE `redemptions` ADD `order_number` text;--> statement-breakpoint
CREATE INDEX `redemptions_order` ON `redemptions` (`order_source`,`order_number`) WHERE order_source IS NOT NULL;