BEGIN TRANSACTION;
CREATE TABLE attempt (
	id VARCHAR(64) NOT NULL, 
	learner VARCHAR(200) NOT NULL, 
	scenario VARCHAR(200) NOT NULL, 
	seed BIGINT NOT NULL, 
	opening INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	outcome VARCHAR(50), 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
INSERT INTO "attempt" VALUES('first','mira','quiet-since-the-diary',7,2,'2026-03-29 00:59:59.123456','2026-03-29 00:59:59.123456','lost',4);
INSERT INTO "attempt" VALUES('second','ada','quiet-since-the-diary',7,2,'2026-03-29 00:59:59.123456',NULL,NULL,0);
CREATE TABLE dispute (
	attempt_id VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	code VARCHAR(50) NOT NULL, 
	why TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_dispute PRIMARY KEY (attempt_id, number, code), 
	CONSTRAINT fk_dispute_turn FOREIGN KEY(attempt_id, number) REFERENCES turn (attempt_id, number)
);
INSERT INTO "dispute" VALUES('first',2,'own','It was <b>irony</b> 🙏🏽','2026-03-29 00:59:59.123456');
CREATE TABLE meta (
	"key" VARCHAR(50) NOT NULL, 
	value VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','2');
CREATE TABLE turn (
	attempt_id VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	moment VARCHAR(200) NOT NULL, 
	reply TEXT NOT NULL, 
	coding TEXT NOT NULL, 
	response TEXT NOT NULL, 
	rewound BOOLEAN NOT NULL, 
	CONSTRAINT pk_turn PRIMARY KEY (attempt_id, number), 
	CONSTRAINT fk_turn_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id)
);
INSERT INTO "turn" VALUES('first',1,'first','I rushed you — 对不起 🙏🏽, and I can see it didn''t help.','{"reply":"I rushed you — 对不起 🙏🏽, and I can see it didn''t help.","evidence":[{"code":"own","span":{"start":0,"end":12},"rule":"own.rushed.01","found":2,"level":1,"changes":[{"modifier":"but","why":"an opening undone","before":2,"after":1,"cue":{"start":22,"end":25}}],"similarity":91.5},{"code":"over_apologize","span":{"start":15,"end":18},"rule":"over_apologize.sorry.01","found":2,"level":2,"changes":[],"similarity":100.0}],"near_misses":[{"code":"invite","span":{"start":30,"end":35},"rule":"invite.open.02","shortfall":"similarity","why":"close, but no question"}]}','{"transition":"heard","to":"second","variant":1,"line":{"demeanour":"looks up","says":"Well. Maybe.","speaker":""},"shift":{"bond":5,"goals":0,"tasks":0,"because":"You took your share."},"alliance":{"bond":45,"goals":50,"tasks":30},"reception":{"levels":{"own":1},"fresh":["own"],"manner":["over_accommodating","crammed"]}}',1);
INSERT INTO "turn" VALUES('first',2,'first','I rushed you — 对不起 🙏🏽, and I can see it didn''t help.','{"reply":"I rushed you — 对不起 🙏🏽, and I can see it didn''t help.","evidence":[{"code":"own","span":{"start":0,"end":12},"rule":"own.rushed.01","found":2,"level":1,"changes":[{"modifier":"but","why":"an opening undone","before":2,"after":1,"cue":{"start":22,"end":25}}],"similarity":91.5},{"code":"over_apologize","span":{"start":15,"end":18},"rule":"over_apologize.sorry.01","found":2,"level":2,"changes":[],"similarity":100.0}],"near_misses":[{"code":"invite","span":{"start":30,"end":35},"rule":"invite.open.02","shortfall":"similarity","why":"close, but no question"}]}','{"transition":"heard","to":"second","variant":1,"line":{"demeanour":"looks up","says":"Well. Maybe.","speaker":""},"shift":{"bond":5,"goals":0,"tasks":0,"because":"You took your share."},"alliance":{"bond":45,"goals":50,"tasks":30},"reception":{"levels":{"own":1},"fresh":["own"],"manner":["over_accommodating","crammed"]}}',0);
CREATE INDEX ix_attempt_learner_started_at ON attempt (learner, started_at);
COMMIT;
