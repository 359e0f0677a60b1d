CREATE TABLE `shelved_orders` (
	`order_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `feedback` ADD `parcel` text;