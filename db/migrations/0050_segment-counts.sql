CREATE TABLE `audience_counts` (
	`segment_id` text PRIMARY KEY NOT NULL,
	`members` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `segment_failures` (
	`segment_id` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`times` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`again_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `audience_counts` (`segment_id`, `members`)
SELECT e.segment_id, count(*) - count(x.at) FROM audience_entries AS e
LEFT JOIN audience_exits AS x ON x.account_id = e.account_id AND x.segment_id = e.segment_id AND x.entered_at = e.at
GROUP BY e.segment_id;
