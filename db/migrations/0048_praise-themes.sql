CREATE TABLE `praise_themes` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_by` text NOT NULL,
	`ended_at` integer,
	`ended_by` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `praise_themes_name_unique` ON `praise_themes` (`name`);--> statement-breakpoint
CREATE TABLE `theme_messages` (
	`theme_id` text NOT NULL,
	`message_id` text NOT NULL,
	`is_in` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`theme_id`, `message_id`),
	FOREIGN KEY (`theme_id`) REFERENCES `praise_themes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `theme_phrases` (
	`theme_id` text NOT NULL,
	`phrase` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`theme_id`, `phrase`),
	FOREIGN KEY (`theme_id`) REFERENCES `praise_themes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
