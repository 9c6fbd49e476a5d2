// Portable mode: what Cube needs of its native add-on, in JavaScript.
// Copied to `node_modules/@cubejs-backend/native/native/index.node/` where the add-on cannot be had.
'use strict';
const { singleAnswer, multiAnswer } = require('./answers.js');
const { newJinjaEngine } = require('./templates.js');

/** Features that only the add-on has; calling one says so instead of failing obscurely. */
const onlyInAddOn = [
  'execSql',
  'sql4sql',
  'rest4sql',
  'buildSqlAndParams',
  'parseCubestoreResultMessage',
  'getCubestoreResult',
  'pythonLoadConfig',
  'pythonLoadModel',
];

for (const name of onlyInAddOn) {
  exports[name] = () => {
    throw new Error(`${name} needs Cube's native add-on, which is not installed (portable mode).`);
  };
}

exports.isFallbackBuild = () => true;
exports.newJinjaEngine = newJinjaEngine;

// The add-on's logger reports on the SQL API only, which does not exist here.
exports.setupLogger = () => undefined;
exports.resetLogger = () => undefined;

// There is no SQL API to start or to stop.
exports.registerInterface = async () => ({});
exports.shutdownInterface = async () => undefined;

exports.redactSqlLiterals = (sql) => sql.replace(/'(?:[^']|'')*'/g, "'redacted'");

exports.getFinalQueryResult = async (request, rows, answer) => encode(singleAnswer(request, rows, answer));
exports.getFinalQueryResultMulti = async (requests, rows, answer) => encode(multiAnswer(requests, rows, answer));

function encode(value) {
  return Buffer.from(JSON.stringify(value));
}
