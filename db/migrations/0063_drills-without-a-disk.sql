ALTER TABLE `backup_drills` ADD `way` text DEFAULT 'restored' NOT NULL;--> statement-breakpoint
ALTER TABLE `backup_drills` ADD `position` text;--> statement-breakpoint
ALTER TABLE `backups` ADD `totals` text;