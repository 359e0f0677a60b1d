CREATE TABLE `customer_days` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`day` text NOT NULL,
	`year` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "customer_days_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_days_customer` ON `customer_days` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `customer_days_day` ON `customer_days` (`day`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `occasion_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`is_on` integer NOT NULL,
	`audience` text NOT NULL,
	`gift_form` text NOT NULL,
	`gift_minor` integer NOT NULL,
	`currency` text,
	`voucher_months` integer,
	`minimum_minor` integer NOT NULL,
	`since_day` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	CONSTRAINT "occasion_settings_gift" CHECK((gift_form = 'none') = (gift_minor = 0) AND gift_minor >= 0),
	CONSTRAINT "occasion_settings_voucher" CHECK((gift_form = 'voucher') = (voucher_months IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `occasion_settings_kind` ON `occasion_settings` (`kind`,`id`);--> statement-breakpoint
CREATE TABLE `occasion_wishes` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`day_id` text NOT NULL,
	`day` text NOT NULL,
	`year` integer NOT NULL,
	`outcome` text NOT NULL,
	`root_id` text NOT NULL,
	`gift_form` text NOT NULL,
	`gift_minor` integer NOT NULL,
	`currency` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "occasion_wishes_gift" CHECK(gift_minor >= 0 AND (gift_form = 'none') = (gift_minor = 0))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `occasion_wishes_once` ON `occasion_wishes` (`customer_id`,`kind`,`day_id`,`year`);--> statement-breakpoint
CREATE INDEX `occasion_wishes_root` ON `occasion_wishes` (`root_id`) WHERE gift_minor > 0;--> statement-breakpoint
CREATE INDEX `occasion_wishes_day` ON `occasion_wishes` (`day`);--> statement-breakpoint
CREATE TABLE `contact_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`audience` text NOT NULL,
	`level` text,
	`channel` text NOT NULL,
	`purpose` text NOT NULL,
	`interval_days` integer NOT NULL,
	`most_per_day` integer NOT NULL,
	`staff_id` text,
	`since_day` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "contact_plans_interval" CHECK(interval_days BETWEEN 1 AND 730 AND most_per_day BETWEEN 1 AND 500),
	CONSTRAINT "contact_plans_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL)),
	CONSTRAINT "contact_plans_no_sales_to_premium" CHECK(NOT (purpose = 'sales' AND audience = 'premium'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `contact_task_acts` ADD `why` text;--> statement-breakpoint
ALTER TABLE `contact_tasks` ADD `plan_id` text;--> statement-breakpoint
CREATE INDEX `contact_tasks_plan` ON `contact_tasks` (`plan_id`,`root_id`) WHERE plan_id IS NOT NULL;