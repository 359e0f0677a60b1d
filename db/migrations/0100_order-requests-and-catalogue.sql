CREATE TABLE `catalogue_products` (
	`key` text PRIMARY KEY NOT NULL,
	`sku` text,
	`name` text NOT NULL,
	`category` text,
	`price_minor` integer,
	`currency` text,
	`gone_at` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "catalogue_products_price" CHECK((price_minor IS NULL) = (currency IS NULL) AND (price_minor IS NULL OR price_minor BETWEEN 0 AND 10000000000000))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `order_request_answers` (
	`request_id` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`order_source` text,
	`order_number` text,
	`text` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `order_requests`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_request_answers_order_whole" CHECK((order_source IS NULL) = (order_number IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_request_answers_order` ON `order_request_answers` (`order_source`,`order_number`) WHERE order_number IS NOT NULL;--> statement-breakpoint
CREATE TABLE `order_request_lines` (
	`request_id` text NOT NULL,
	`position` integer NOT NULL,
	`sku` text,
	`name` text NOT NULL,
	`category` text,
	`quantity_milli` integer NOT NULL,
	`price_minor` integer,
	PRIMARY KEY(`request_id`, `position`),
	FOREIGN KEY (`request_id`) REFERENCES `order_requests`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_request_lines_quantity" CHECK(quantity_milli > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `order_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`root_id` text NOT NULL,
	`order_source` text,
	`order_number` text,
	`own_reference` text,
	`wished_on` text,
	`note` text,
	`currency` text,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "order_requests_order_whole" CHECK((order_source IS NULL) = (order_number IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `order_requests_reference_unique` ON `order_requests` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `order_requests_key_unique` ON `order_requests` (`key`);--> statement-breakpoint
CREATE INDEX `order_requests_root` ON `order_requests` (`root_id`,`id`);--> statement-breakpoint
CREATE INDEX `order_requests_customer` ON `order_requests` (`customer_id`);--> statement-breakpoint
CREATE INDEX `order_requests_order` ON `order_requests` (`order_source`,`order_number`) WHERE order_number IS NOT NULL;