CREATE TABLE `order_link_endings` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_link_endings_order` ON `order_link_endings` (`order_id`,`at`);