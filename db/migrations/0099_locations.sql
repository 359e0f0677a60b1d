CREATE TABLE `locations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`phone` text NOT NULL,
	`hours` text NOT NULL,
	`map_url` text,
	`directions` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `special_days` (
	`day` text NOT NULL,
	`location_id` text NOT NULL,
	`hours` text NOT NULL,
	`names` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`day`, `location_id`)
) STRICT, WITHOUT ROWID;
