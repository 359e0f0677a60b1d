CREATE TABLE `general_preferences` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`paused_until` text,
	`week_max` integer,
	`format` text NOT NULL,
	`source` text NOT NULL,
	`basis` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `general_preferences_customer` ON `general_preferences` (`customer_id`,`id`);--> statement-breakpoint
CREATE TABLE `preferences` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`topic` text NOT NULL,
	`channel` text NOT NULL,
	`is_on` integer NOT NULL,
	`paused_until` text,
	`month_max` integer,
	`source` text NOT NULL,
	`basis` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `preferences_customer` ON `preferences` (`customer_id`,`topic`,`channel`,`id`);--> statement-breakpoint
CREATE TABLE `tellings` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`topic` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tellings_customer` ON `tellings` (`customer_id`,`at`);--> statement-breakpoint
ALTER TABLE `consents` ADD `basis` text;--> statement-breakpoint
INSERT INTO `preferences` (`id`, `customer_id`, `topic`, `channel`, `is_on`, `source`, `at`, `actor`)
SELECT `id`, `customer_id`, `topic`, 'mail', `is_on`, `source`, `at`, `actor` FROM `mail_preferences`;--> statement-breakpoint
UPDATE `customer_merge_rows` SET `kind` = 'preferences' WHERE `kind` = 'mail_preferences';--> statement-breakpoint
DROP TABLE `mail_preferences`;
