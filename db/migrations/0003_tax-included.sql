ALTER TABLE `orders` ADD `tax_included_minor` integer;--> statement-breakpoint
CREATE INDEX `orders_tax_included` ON `orders` (`placed_at`) WHERE tax_included_minor IS NOT NULL;