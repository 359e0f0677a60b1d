CREATE TABLE `customer_figures` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`kind` text NOT NULL,
	`is_claimed` integer NOT NULL,
	`joined_at` integer NOT NULL,
	`spend_minor` integer NOT NULL,
	`order_count` integer NOT NULL,
	`year_spend_minor` integer NOT NULL,
	`last_placed_at` integer NOT NULL,
	`balance_minor` integer NOT NULL,
	`is_in_club` integer NOT NULL,
	`wants_news` integer NOT NULL,
	`has_lapsed` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_figures_root` ON `customer_figures` (`root_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_joined` ON `customer_figures` (`joined_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_spend` ON `customer_figures` (`spend_minor`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_year` ON `customer_figures` (`year_spend_minor`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_last` ON `customer_figures` (`last_placed_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_balance` ON `customer_figures` (`balance_minor`,`customer_id`);--> statement-breakpoint
CREATE TABLE `customer_pins` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `own_field_values` (
	`customer_id` text NOT NULL,
	`field_key` text NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`customer_id`, `field_key`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`field_key`) REFERENCES `own_fields`(`key`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `own_field_values_listed` ON `own_field_values` (`field_key`,`value`,`customer_id`);--> statement-breakpoint
CREATE TABLE `own_fields` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`names` text NOT NULL,
	`choices` text NOT NULL,
	`customers` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `accounts_department` ON `accounts` (`name`) WHERE kind = 'department';--> statement-breakpoint
CREATE INDEX `customers_listed` ON `customers` (coalesce(`name`, `email`, ''),`id`);