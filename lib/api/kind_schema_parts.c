/* SPDX-License-Identifier: MIT */
/*
 * The JSON Schema of what is the same in all scenarios: sections, quantities, claims, declarations of kinds. Only shapes are said here, and
 * what an editor shows; whether names exist and units fit is found out by the binder. ' stands for ". What may be empty is null.
 */
#include "api/kind_schema.h"

#define NAME_PATTERN "'^[A-Za-z_][A-Za-z0-9_]*$'"
#define RESERVED                                                                                                                           \
    "['to','per','if','then','else','and','or','not','true','false','year','min','max','sum','mean','abs','sqrt','exp','ln','log2',"       \
    "'log10','ceil','floor','round','clamp','cagr','doubling_time','previous','delay','cumulative','growth','in_service','first','last',"  \
    "'first_year','last_year','lognormal','normal','uniform','loguniform','triangular','pert','beta','discrete','mixture','truncated']"
#define SECTION "'type':['object','null']"
#define NAMED "'propertyNames':{'$ref':'#/definitions/name'}"
#define CLOSED "'additionalProperties':false"

const char aici_schema_whole[] =
    "'$schema':'http://json-schema.org/draft-07/schema#','title':'A scenario of aicompute, format version 1',"
    "'description':'Assumptions with units and sources, models of AI compute, cost and markets, formulas, and published figures to check.',"
    "'type':'object','required':['aicompute'],'additionalProperties':false,"
    "'dependencies':{'catalog':{'not':{'anyOf':[{'required':['assumptions']},{'required':['models']},{'required':['calculations']},"
    "{'required':['claims']},{'required':['timeline']},{'required':['currency']},{'required':['exchange_rates']},"
    "{'required':['correlations']},{'required':['description']}]}}},"
    "'if':{'required':['definitions'],'properties':{'definitions':{'type':'object'}}},"
    "'then':{'properties':{'models':{'additionalProperties':{'$ref':'#/definitions/model'}}}},"
    "'else':{'properties':{'models':{'additionalProperties':{'$ref':'#/definitions/model_of_known_kind'}}}},";

const aici_schema_part aici_schema_properties[] = {
    {"aicompute", "{'description':'The version of the format.','enum':[1,'1']}"},
    {"title", "{'description':'What the scenario is about, a line.','allOf':[{'$ref':'#/definitions/text'}]}"},
    {"description", "{'description':'More about it.','allOf':[{'$ref':'#/definitions/text'}]}"},
    {"sources", "{'description':'Where numbers come from: id → title, or {title, publisher, date, url, page}.'," SECTION ","
                "'additionalProperties':{'$ref':'#/definitions/source'},"
                "'examples':[{'galaxy':{'title':'Digital economy 2024','publisher':'China Galaxy Securities','date':'2024-03'}}]}"},
    {"units", "{'description':'Units of your own: name → `base` (a new dimension), or an amount of known units.'," SECTION "," NAMED ","
              "'additionalProperties':{'type':['string','number']},'examples':[{'robot':'base','rack':'72 accelerator'}]}"},
    {"exchange_rates",
     "{'description':'Currency → what one of it is worth. Currencies are different dimensions until they are tied here.'," SECTION
     ",'additionalProperties':{'$ref':'#/definitions/exchange_rate'},'examples':[{'USD':'7.08 CNY'}]}"},
    {"timeline", "{'description':'The years on which series live, first..last (200 at most).','examples':['2024..2030'],"
                 "'anyOf':[{'type':'string','pattern':'^[0-9]{4} *[.][.] "
                 "*[0-9]{4}$'},{'type':'integer','minimum':1000,'maximum':9999},{'type':'null'}]}"},
    {"definitions", "{'description':'Kinds of models of your own: name → inputs, outputs, formulas.'," SECTION
                    ",'additionalProperties':{'$ref':'#/definitions/kind_declaration'}}"},
    {"assumptions", "{'description':'Named quantities; any of them may refer to any other.'," SECTION "," NAMED
                    ",'additionalProperties':{'$ref':'#/definitions/quantity'},"
                    "'examples':[{'visits':{'value':'60M visit/day','source':'galaxy','label':'日访问量'},'questions':'10 query/visit'}]}"},
    {"models", "{'description':'Name → {kind: KIND, input: quantity, …}.'," SECTION "," NAMED "}"},
    {"calculations",
     "{'description':'Formulas of your own over everything above; reported as results.'," SECTION "," NAMED
     ",'additionalProperties':{'$ref':'#/definitions/quantity'},'examples':[{'capex_per_visit':'chat.capex / (visits * 365 day)'}]}"},
    {"claims", "{'description':'Published figures, each to be compared with what its own assumptions give.','type':['array','null'],"
               "'items':{'$ref':'#/definitions/claim'},"
               "'examples':[[{'id':'rate','published':'118 EFLOP/s','computed':'chat.compute_rate','expected':'differs'}]]}"},
    {"correlations",
     "{'description':'Rank correlations between uncertain quantities: [name, name, correlation].','type':['array','null'],"
     "'items':{'type':'array','minItems':3,'maxItems':3,'items':[{'type':'string'},{'type':'string'},"
     "{'anyOf':[{'type':'number','minimum':-1,'maximum':1},{'type':'string'}]}]},'examples':[[['visits','utilization',0.4]]]}"},
    {"catalog", "{'description':'Of a library file only; accepted and not used yet.'}"},
};
const size_t aici_schema_property_count = sizeof aici_schema_properties / sizeof aici_schema_properties[0];

/* What may stand beside the value of a quantity. */
#define PROPERTIES                                                                                                                         \
    "'source':{'description':'An id under sources.','type':['string','number','null']},"                                                   \
    "'note':{'description':'Anything worth knowing about it.','allOf':[{'$ref':'#/definitions/text'}]},"                                   \
    "'label':{'description':'What people call it, in any language; shown in tables.','allOf':[{'$ref':'#/definitions/text'}]},"            \
    "'date':{'description':'As of when it is true.','allOf':[{'$ref':'#/definitions/text'}]},"                                             \
    "'confidence':{'description':'How sure one is of it, in words.','allOf':[{'$ref':'#/definitions/text'}]}"

#define PERCENTILE(name, what) "'" name "':{'description':'" what "','$ref':'#/definitions/value'},"

const aici_schema_part aici_schema_definitions[] = {
    {"name",
     "{'description':'A name in formulas: ASCII letters, digits and _, no digit first, no reserved word.','type':'string','maxLength':128,"
     "'pattern':" NAME_PATTERN ",'not':{'enum':" RESERVED "}}"},
    {"text", "{'type':['string','number','boolean','null']}"},
    {"value", "{'description':'A number, or an expression with units.','examples':['65 TFLOP/s','32 %','1.43亿 user','visits * questions'],"
              "'anyOf':[{'type':'number'},{'type':'string','minLength':1}]}"},
    {"years", "{'description':'Year → value.','type':'object','minProperties':1,'propertyNames':{'pattern':'^[0-9]{4}$'},"
              "'additionalProperties':{'$ref':'#/definitions/value'},'examples':[{'2023':'5 token','2026':'8 token'}]}"},
    {"quantity", "{'description':'A number, an expression with units, or a mapping with its value and where it comes from.',"
                 "'examples':['65 TFLOP/s','32 %','1.43亿 user','visits * questions'],"
                 "'anyOf':[{'type':'number'},{'type':'string','minLength':1},{'$ref':'#/definitions/quantity_in_full'},{'$ref':'#/"
                 "definitions/years'}]}"},
    {"quantity_in_full",
     "{'type':'object'," CLOSED ",'properties':{"
     "'value':{'description':'A number or an expression.','allOf':[{'$ref':'#/definitions/value'}]},"
     "'series':{'description':'Year → value.','allOf':[{'$ref':'#/definitions/years'}]},"
     "'between':{'description':'Fills the years between those listed.','enum':['none','linear','geometric','step',null]},"
     "'start':{'description':'The value in start_year.','allOf':[{'$ref':'#/definitions/value'}]},"
     "'start_year':{'description':'The first year; it runs to the end of the "
     "timeline.','anyOf':[{'type':'integer','minimum':1000,'maximum':9999},"
     "{'type':'string','pattern':'^[0-9]{4}$'}]},"
     "'growth':{'description':'Growth a year, such as `5 %/year`.','allOf':[{'$ref':'#/definitions/value'}]}," PERCENTILE(
         "p5", "5 % lie below.") PERCENTILE("p10", "10 % lie below.") PERCENTILE("p25", "25 % lie below.") PERCENTILE("p50", "The median.")
         PERCENTILE("p75", "75 % lie below.") PERCENTILE("p90", "90 % lie below.") PERCENTILE("p95", "95 % lie below.")
             PERCENTILE("mean", "The mean of a distribution.") PERCENTILE(
                 "sd", "Its standard deviation.") "'shape':{'description':'Of a "
                                                  "distribution.','enum':['lognormal','normal','uniform','loguniform',null]},"
                                                  "'unit':{'description':'Applies where the value has no unit; else how the value is "
                                                  "shown.','type':['string','number','null']},"
                                                  "'rounded':{'description':'Taken from print: known to half a unit of its last "
                                                  "digit.','enum':[true,false,'true','false']},"
                                                  "'digits':{'description':'How many digits are significant, where trailing zeros hide "
                                                  "it.','anyOf':[{'type':'integer','minimum':1,'maximum':17},"
                                                  "{'type':'string','pattern':'^([1-9]|1[0-7])$'}]}," PROPERTIES "},"
                                                  "'allOf':[{'$ref':'#/definitions/one_form'}]}"},
    {"one_form",
     "{'oneOf':[{'required':['value']},{'required':['series']},"
     "{'anyOf':[{'required':['start']},{'required':['start_year']},{'required':['growth']}]},"
     "{'anyOf':[{'required':['p5']},{'required':['p10']},{'required':['p25']},{'required':['p50']},{'required':['p75']},"
     "{'required':['p90']},{'required':['p95']},{'required':['mean']},{'required':['sd']}]}],"
     "'dependencies':{'start':['start_year','growth'],'start_year':['start','growth'],'growth':['start','start_year'],"
     "'between':['series'],'shape':{'not':{'anyOf':[{'required':['value']},{'required':['series']},{'required':['start']}]}}}}"},
    {"one_value", "{'not':{'type':'object','anyOf':[{'required':['series']},{'required':['start']},"
                  "{'minProperties':1,'propertyNames':{'pattern':'^[0-9]{4}$'}}]}}"},
    {"truth", "{'anyOf':[{'type':'boolean'},{'type':'string','minLength':1},{'type':'object','required':['value']," CLOSED
              ",'properties':{'value':{'type':['boolean','string']},'unit':{'type':'null'}," PROPERTIES "}}]}"},
    {"components", "{'type':'object','minProperties':1," NAMED ",'additionalProperties':{'$ref':'#/definitions/component'},"
                   "'examples':[{'gpu':'70 %','network':'20 %'}]}"},
    {"component",
     "{'description':'A share, or {value: share, of: another component}.','anyOf':[{'type':'number'},{'type':'string','minLength':1},"
     "{'$ref':'#/definitions/years'},{'type':'object'," CLOSED ",'properties':{'value':{'$ref':'#/definitions/value'},"
     "'series':{'$ref':'#/definitions/years'},'between':{'enum':['none','linear','geometric','step',null]},"
     "'start':{'$ref':'#/definitions/value'},'start_year':{'type':['integer','string']},'growth':{'$ref':'#/definitions/"
     "value'}," PERCENTILE("p5", "5 % lie below.") PERCENTILE("p10", "10 % lie below.") PERCENTILE("p25", "25 % lie below.") PERCENTILE(
         "p50", "The median.") PERCENTILE("p75", "75 % lie below.") PERCENTILE("p90", "90 % lie below.")
         PERCENTILE("p95", "95 % lie below.") PERCENTILE("mean", "The mean.") PERCENTILE(
             "sd",
             "The standard deviation.") "'shape':{'enum':['lognormal','normal','uniform','loguniform',null]},'unit':{'type':['string','"
                                        "number','null']},'rounded':"
                                        "{'enum':[true,false,'true','false']},"
                                        "'digits':{'type':['integer','string']},"
                                        "'of':{'description':'The component that it is a share of.','type':['string','null']}," PROPERTIES
                                        "},"
                                        "'allOf':[{'$ref':'#/definitions/one_form'}]}]}"},
    {"source", "{'anyOf':[{'$ref':'#/definitions/text'},{'type':'object'," CLOSED ",'properties':{'title':{'$ref':'#/definitions/text'},"
               "'publisher':{'$ref':'#/definitions/text'},'date':{'$ref':'#/definitions/text'},'url':{'$ref':'#/definitions/text'},"
               "'page':{'$ref':'#/definitions/text'}}}]}"},
    {"exchange_rate",
     "{'description':'What one of it is worth, such as `7.08 CNY`.','anyOf':[{'type':'string','minLength':1},{'type':'object'," CLOSED
     ",'required':['value'],'properties':{'value':{'type':'string','minLength':1},'source':{'$ref':'#/definitions/text'},"
     "'note':{'$ref':'#/definitions/text'},'date':{'$ref':'#/definitions/text'}}}]}"},
    {"figure", "{'description':'A figure as it was printed, such as `118 EFLOP/s` or `66亿 "
               "USD`.','anyOf':[{'type':'number'},{'type':'string','minLength':1}]}"},
    {"claim", "{'type':'object','required':['id']," CLOSED ",'properties':{"
              "'id':{'description':'Any text that no other claim has.','type':['string','number','boolean']},"
              "'says':{'description':'What the source says.','allOf':[{'$ref':'#/definitions/text'}]},"
              "'published':{'description':'The figure as it was printed.','examples':['118 EFLOP/s','22.75万 "
              "server'],'anyOf':[{'$ref':'#/definitions/figure'},"
              "{'type':'object','required':['value']," CLOSED ",'properties':{'value':{'$ref':'#/definitions/figure'},"
              "'digits':{'anyOf':[{'type':'integer','minimum':1,'maximum':17},{'type':'string','pattern':'^([1-9]|1[0-7])$'}]}}}]},"
              "'between':{'description':'For `15 to 20 times`: a list of two "
              "figures.','type':'array','minItems':2,'maxItems':2,'items':{'$ref':'#/definitions/figure'}},"
              "'at_least':{'description':'For `over 50 %`.','allOf':[{'$ref':'#/definitions/figure'}]},"
              "'at_most':{'description':'For `under 50 %`.','allOf':[{'$ref':'#/definitions/figure'}]},"
              "'about':{'description':'Within 10 %.','allOf':[{'$ref':'#/definitions/figure'}]},"
              "'not_checkable':{'description':'Why nobody can check it.','allOf':[{'$ref':'#/definitions/text'}]},"
              "'computed':{'description':'What to compare with: a name or an expression with one "
              "value.','examples':['chat.compute_rate','market.revenue[2026]'],"
              "'allOf':[{'$ref':'#/definitions/value'}]},"
              "'readings':{'description':'Other ways to read the claim: any text → "
              "expression.','type':['object','null'],'additionalProperties':{'$ref':'#/definitions/value'}},"
              "'expected':{'description':'The verdict that is expected (holds, unless said "
              "otherwise).','enum':['holds','reading','differs','not_checkable',null]},"
              "'source':{'description':'An id under sources.','type':['string','number','null']},"
              "'note':{'$ref':'#/definitions/text'}},"
              "'oneOf':[{'required':['published']},{'required':['between']},{'required':['at_least']},{'required':['at_most']},{'required':"
              "['about']},"
              "{'required':['not_checkable']}],'anyOf':[{'required':['computed']},{'required':['not_checkable']}]}"},
    {"formulas",
     "{'description':'A formula, or a list of formulas: the first one counts whose names all exist in the model.',"
     "'anyOf':[{'type':['number','string','boolean','null']},{'type':'array','items':{'type':['number','string','boolean']}}]}"},
    {"plain_number", "{'description':'A plain number, in the declared unit.','type':['number','string','null']}"},
    {"words", "{'anyOf':[{'$ref':'#/definitions/text'},{'type':'array','items':{'$ref':'#/definitions/text'}}]}"},
    {"yes_or_no", "{'enum':[true,false,'true','false',null]}"},
    {"kind_declaration",
     "{'type':'object','required':['outputs']," CLOSED
     ",'properties':{'kind':{'$ref':'#/definitions/text'},'title':{'$ref':'#/definitions/text'},"
     "'doc':{'$ref':'#/definitions/text'},'version':{'type':['integer','string','null']},"
     "'inputs':{'description':'What a model of this kind is given.'," SECTION "," NAMED
     ",'additionalProperties':{'$ref':'#/definitions/kind_input'}},"
     "'outputs':{'description':'What it computes.','type':'object','propertyNames':{'pattern':" NAME_PATTERN
     "},'additionalProperties':{'$ref':'#/definitions/kind_output'}},"
     "'one_of':{'description':'Groups of inputs of which exactly one must be given in "
     "full.','type':['array','null'],'examples':[[['periods'],['start_year','end_year']]]},"
     "'assert':{'description':'Conditions that every model must meet.','anyOf':[{'type':'null'},{'$ref':'#/definitions/condition'},"
     "{'type':'array','items':{'$ref':'#/definitions/condition'}}]},"
     "'checks':{'description':'Examples with known answers.','type':['array','object','null']}}}"},
    {"condition", "{'type':'object','required':['that','message']," CLOSED
                  ",'properties':{'that':{'type':'string'},'message':{'type':['string','number','boolean']}}}"},
    {"kind_input", "{'type':'object'," CLOSED ",'anyOf':[{'required':['unit']},{'required':['like']},{'required':['type']}],'properties':{"
                   "'type':{'enum':['quantity','boolean','text','whole','components',null]},"
                   "'unit':{'description':'A unit, `1` for a pure number, `any`, or with `money` for any one "
                   "currency.','type':['string','number','null']},"
                   "'like':{'description':'The input whose dimension it shares.','type':['string','null']},"
                   "'also':{'description':'Units that are read as the declared one.','allOf':[{'$ref':'#/definitions/words'}]},"
                   "'show':{'description':'The unit in which people see it.','type':['string','null']},"
                   "'above':{'$ref':'#/definitions/plain_number'},'at_least':{'$ref':'#/definitions/plain_number'},"
                   "'below':{'$ref':'#/definitions/plain_number'},'at_most':{'$ref':'#/definitions/plain_number'},"
                   "'default':{'$ref':'#/definitions/formulas'},'optional':{'$ref':'#/definitions/yes_or_no'},"
                   "'series':{'$ref':'#/definitions/yes_or_no'},'values':{'description':'Of a text: what it may "
                   "be.','allOf':[{'$ref':'#/definitions/words'}]},"
                   "'doc':{'$ref':'#/definitions/text'},'source':{'$ref':'#/definitions/text'}}}"},
    {"kind_output",
     "{'type':'object','required':['formula']," CLOSED ",'anyOf':[{'required':['unit']},{'required':['like']}],'properties':{"
     "'unit':{'type':['string','number','null']},'like':{'type':['string','null']},'show':{'type':['string','null']},"
     "'formula':{'$ref':'#/definitions/formulas'},'over':{'description':'Exists only where this input or output is a "
     "series.','type':['string','null']},"
     "'for_each':{'description':'One output for each component of this input.','type':['string','null']},"
     "'within':{'$ref':'#/definitions/formulas'},'doc':{'$ref':'#/definitions/text'},'source':{'$ref':'#/definitions/text'}}}"},
};
const size_t aici_schema_definition_count = sizeof aici_schema_definitions / sizeof aici_schema_definitions[0];
