CREATE TABLE `expiry_notices` (
	`root_id` text NOT NULL,
	`subject` text NOT NULL,
	`expires_at` integer NOT NULL,
	`days` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`root_id`, `subject`, `expires_at`, `days`),
	FOREIGN KEY (`root_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `vouchers_expiring` ON `vouchers` (`expires_at`) WHERE expires_at IS NOT NULL;