/** What customers write back: read, answered where a rule says so, shown to people. Never submits anything itself and never evaluates a text. */
package org.carillon.conversation;
