CREATE TABLE `customer_keys` (
	`source` text NOT NULL,
	`key` text NOT NULL,
	`customer_id` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`source`, `key`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_keys_customer` ON `customer_keys` (`customer_id`);--> statement-breakpoint
CREATE TABLE `waiting_sales` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`number` text NOT NULL,
	`receipt_code` text NOT NULL,
	`placed_at` integer NOT NULL,
	`currency` text NOT NULL,
	`spend_minor` integer NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`import_id` text,
	`recorded_at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `waiting_sales_receipt_code_unique` ON `waiting_sales` (`receipt_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `waiting_sales_business_key` ON `waiting_sales` (`source`,`number`);--> statement-breakpoint
CREATE INDEX `waiting_sales_placed` ON `waiting_sales` (`placed_at`);--> statement-breakpoint
CREATE INDEX `waiting_sales_import` ON `waiting_sales` (`import_id`) WHERE import_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `__new_customers` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`name` text,
	`member_number` text,
	`language` text,
	`claimed_at` integer,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	`closed_at` integer,
	CONSTRAINT "customers_email_normal" CHECK("__new_customers"."email" = lower(trim("__new_customers"."email")))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_customers`("id", "email", "name", "member_number", "language", "claimed_at", "created_at", "withdrawn_at", "closed_at") SELECT "id", "email", "name", "member_number", "language", "claimed_at", "created_at", "withdrawn_at", "closed_at" FROM `customers`;--> statement-breakpoint
DROP TABLE `customers`;--> statement-breakpoint
ALTER TABLE `__new_customers` RENAME TO `customers`;--> statement-breakpoint
CREATE UNIQUE INDEX `customers_email_unique` ON `customers` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `customers_member_number_unique` ON `customers` (`member_number`);--> statement-breakpoint
CREATE INDEX `customers_claimed` ON `customers` (`claimed_at`) WHERE claimed_at IS NOT NULL;