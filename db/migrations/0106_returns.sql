CREATE TABLE `return_events` (
	`return_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`return_id`, `seq`),
	FOREIGN KEY (`return_id`) REFERENCES `returns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `return_files` (
	`id` text PRIMARY KEY NOT NULL,
	`return_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`stored_as` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`return_id`) REFERENCES `returns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `return_files_stored_as_unique` ON `return_files` (`stored_as`);--> statement-breakpoint
CREATE INDEX `return_files_return` ON `return_files` (`return_id`);--> statement-breakpoint
CREATE INDEX `return_files_at` ON `return_files` (`at`);--> statement-breakpoint
CREATE TABLE `return_lines` (
	`return_id` text NOT NULL,
	`line_id` text NOT NULL,
	`quantity_milli` integer NOT NULL,
	`reason` text NOT NULL,
	`worth_minor` integer NOT NULL,
	`accepted_milli` integer,
	PRIMARY KEY(`return_id`, `line_id`),
	FOREIGN KEY (`return_id`) REFERENCES `returns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "return_lines_some" CHECK(quantity_milli > 0),
	CONSTRAINT "return_lines_accepted" CHECK(accepted_milli IS NULL OR accepted_milli BETWEEN 0 AND quantity_milli)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `returned_quantities` (
	`order_id` text NOT NULL,
	`line_id` text NOT NULL,
	`taken_milli` integer NOT NULL,
	`bought_milli` integer NOT NULL,
	PRIMARY KEY(`order_id`, `line_id`),
	CONSTRAINT "returned_quantities_bought" CHECK(taken_milli BETWEEN 0 AND bought_milli)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `returns` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`key` text NOT NULL,
	`order_id` text NOT NULL,
	`source` text NOT NULL,
	`number` text NOT NULL,
	`root_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`wish` text NOT NULL,
	`note` text,
	`currency` text NOT NULL,
	`told` text NOT NULL,
	`state` text NOT NULL,
	`seq` integer NOT NULL,
	`outcome` text,
	`worth_minor` integer,
	`money_minor` integer,
	`credit_minor` integer DEFAULT 0 NOT NULL,
	`credit_root_id` text,
	`state_at` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `returns_reference_unique` ON `returns` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `returns_key_unique` ON `returns` (`key`);--> statement-breakpoint
CREATE INDEX `returns_order` ON `returns` (`order_id`);--> statement-breakpoint
CREATE INDEX `returns_root` ON `returns` (`root_id`,`at`);--> statement-breakpoint
CREATE INDEX `returns_customer` ON `returns` (`customer_id`);--> statement-breakpoint
CREATE INDEX `returns_credited` ON `returns` (`credit_root_id`) WHERE credit_root_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `returns_open` ON `returns` (`at`,`id`) WHERE state IN ('requested', 'approved', 'received');--> statement-breakpoint
CREATE INDEX `returns_listed` ON `returns` (`at`,`id`);