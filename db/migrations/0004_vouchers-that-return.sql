ALTER TABLE `vouchers` ADD `returns_minor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `vouchers_returning` ON `vouchers` (`expires_at`) WHERE returns_minor > 0;