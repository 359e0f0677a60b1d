CREATE TABLE `order_references` (
	`order_id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `paper_holders` (
	`paper_id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`buyer` text,
	FOREIGN KEY (`paper_id`) REFERENCES `papers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `paper_holders_root` ON `paper_holders` (`root_id`,`paper_id`);--> statement-breakpoint
CREATE INDEX `paper_holders_customer` ON `paper_holders` (`customer_id`);--> statement-breakpoint
CREATE INDEX `paper_holders_told` ON `paper_holders` (`paper_id`) WHERE buyer IS NOT NULL;--> statement-breakpoint
CREATE TABLE `paper_layouts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`buyer_name` text,
	`buyer_address` text,
	`buyer_tax_number` text,
	`reference` text,
	`language` text,
	`invoice_columns` text NOT NULL,
	`statement_columns` text NOT NULL,
	`grouping` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `papers` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`year` integer NOT NULL,
	`place` integer NOT NULL,
	`number` text NOT NULL,
	`order_id` text NOT NULL,
	`order_source` text NOT NULL,
	`order_number` text NOT NULL,
	`cause` text NOT NULL,
	`invoice_id` text,
	`issued_on` text NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`document` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "papers_correction_of_one" CHECK((kind = 'credit_note') = (invoice_id IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_place` ON `papers` (`kind`,`year`,`place`);--> statement-breakpoint
CREATE UNIQUE INDEX `papers_cause` ON `papers` (`order_id`,`cause`);--> statement-breakpoint
CREATE INDEX `papers_number` ON `papers` (`number`);--> statement-breakpoint
CREATE INDEX `papers_order` ON `papers` (`order_number`,`order_source`);--> statement-breakpoint
CREATE INDEX `papers_corrections` ON `papers` (`invoice_id`) WHERE invoice_id IS NOT NULL;