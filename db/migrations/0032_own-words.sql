CREATE TABLE `text_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`language` text NOT NULL,
	`parts` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `text_versions_of` ON `text_versions` (`key`,`language`,`id`);