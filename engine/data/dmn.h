/* dmn.h - XML as a rule document: models of the decision standard (DMN 1.1 to
 * 1.6) and the cases of its test kit, in the tree of data/doc.h.
 */
#ifndef DATA_DMN_H
#define DATA_DMN_H

#include "data/doc.h"
#include "data/docscan.h"
#include "data/source.h"

enum {
    DMN_DEPTH = 64,   /* of elements in one another */
    DMN_NAME = 1000,  /* bytes of an element's or attribute's name */
    DMN_VALUES = 1000 /* attributes of one element */
};

/*
 * Parse a document whose root is called `root` ("definitions", "testCases").
 * An element is a group; its attributes are texts called "@name" without their
 * prefix, its character data, where there is more than blanks or nothing else,
 * a text called "#text".  Elements of other namespaces than the root's
 * (diagrams, extensions of modellers) are left out with all below them.
 * A namespace that no version of the standard has is warned of.
 * Faults: what is not well-formed, a DOCTYPE or entities of its own, bytes
 * that are not UTF-8, the ceilings above, DOC_BYTES and DOC_VALUES.
 * out     the root; lives as long as the arena.  `source` must, too.
 * ERR_RULE after the fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode dmn_read(const Doc **out, Arena *arena, Source source,
                          const char *root, Faults *faults, Err *err);

/* Whether the bytes look like such a document rather than libconfig. */
int dmn_is(Source source);

/* An attribute's value, or NULL. */
const char *dmn_attribute(const Doc *element, const char *name);

/* The character data of an element's child called `name`, or of the element
 * itself where that is NULL, as a node; NULL when there is none. */
const Doc *dmn_text(const Doc *element, const char *name);

/* The byte where the value of an attribute stands, in the tag that starts at
 * byte `at`; `at` where there is none. */
size_t dmn_value_at(Source source, size_t at, const char *name);

/* The place of byte `at` of a node's text, entities and lines counted: the
 * fault's line, column and source; `line` is room for that. */
void dmn_place(Fault *fault, char line[DOC_LINE_SHOWN + 1], const Doc *node,
               size_t at);

#endif
