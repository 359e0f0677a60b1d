ALTER TABLE `returns` ADD `asked_by` text;--> statement-breakpoint
ALTER TABLE `returns` ADD `voucher_minor` integer;--> statement-breakpoint
ALTER TABLE `returns` ADD `bonus_minor` integer;--> statement-breakpoint
CREATE INDEX `returns_asked` ON `returns` (`asked_by`) WHERE asked_by IS NOT NULL;