CREATE TABLE `account_categories` (
	`root_id` text NOT NULL,
	`category` text NOT NULL,
	`currency` text NOT NULL,
	`order_count` integer NOT NULL,
	`spend_minor` integer NOT NULL,
	`last_on` text,
	PRIMARY KEY(`root_id`, `category`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_days` (
	`root_id` text NOT NULL,
	`day` text NOT NULL,
	`department_id` text NOT NULL,
	`currency` text NOT NULL,
	`order_count` integer NOT NULL,
	`spend_minor` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	PRIMARY KEY(`root_id`, `day`, `department_id`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_facts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`counted_seq` integer NOT NULL,
	`order_count` integer NOT NULL,
	`purchase_days` integer NOT NULL,
	`first_on` text,
	`last_on` text,
	`interval_half_days` integer,
	`interval_lower_days` integer,
	`interval_upper_days` integer,
	`friend_ordered_at` integer,
	`quoted_at` integer,
	`recommended_at` integer,
	`heard_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `premium_marks` (
	`currency` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`share_percent` integer NOT NULL,
	`accounts` integer NOT NULL,
	`from_minor` integer,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `feedback_root` ON `feedback` (`root_id`,`at`) WHERE root_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `testimonials_root` ON `testimonials` (`root_id`);