CREATE TABLE `hidden_products` (
	`customer_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`customer_id`, `key`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `product_baskets` (
	`run` integer NOT NULL,
	`step` integer NOT NULL,
	`entries` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`run`, `step`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `product_facts` (
	`run` integer NOT NULL,
	`key` text NOT NULL,
	`name` text,
	`buyers` integer NOT NULL,
	`again` integer NOT NULL,
	`half_days` integer,
	`last_on` text NOT NULL,
	PRIMARY KEY(`run`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `product_pairs` (
	`run` integer NOT NULL,
	`key` text NOT NULL,
	`place` integer NOT NULL,
	`other_key` text NOT NULL,
	`kind` text NOT NULL,
	`together` integer NOT NULL,
	`later` integer NOT NULL,
	`chance_milli` integer NOT NULL,
	`surprise_milli` integer NOT NULL,
	PRIMARY KEY(`run`, `key`, `place`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `product_runs` (
	`run` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`since` integer NOT NULL,
	`one_in` integer NOT NULL,
	`phase` text NOT NULL,
	`reached` text NOT NULL,
	`up_to` integer NOT NULL,
	`accounts` integer NOT NULL,
	`products` integer NOT NULL,
	`pairs` integer NOT NULL,
	`nothing_because` text,
	`begun_at` integer NOT NULL,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recommendation_wishes` (
	`customer_id` text NOT NULL,
	`seq` integer NOT NULL,
	`is_wanted` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`customer_id`, `seq`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
