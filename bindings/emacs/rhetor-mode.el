;;; rhetor-mode.el --- Rhetorical devices under the text you type  -*- lexical-binding: t; -*-

;; Author: The rhetor authors
;; Version: 1.0.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: wp, convenience
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; `rhetor-mode' underlines rhetorical devices: face-giving, carrot and stick, scripted dialogue, appeals, stance,
;; schemes and tropes.  Edits go to the library as edits; the analysis runs in slices while Emacs is idle.
;; A flymake backend (`rhetor-flymake'), eldoc for the tag at point, `rhetor-list' and `rhetor-next'
;; come with it.  The module rhetor-module.so is looked for in `load-path' and beside this file.

;;; Code:

(require 'cl-lib)
(require 'subr-x)

(define-error 'rhetor-error "rhetor")

(declare-function rhetor-module-engine "rhetor-module")
(declare-function rhetor-module-devices "rhetor-module")
(declare-function rhetor-module-document "rhetor-module")
(declare-function rhetor-module-replace "rhetor-module")
(declare-function rhetor-module-step "rhetor-module")
(declare-function rhetor-module-tags "rhetor-module")
(declare-function rhetor-module-explain "rhetor-module")
(declare-function rhetor-module-message "rhetor-module")
(declare-function flymake-make-diagnostic "flymake")

(defgroup rhetor nil "Rhetorical devices." :group 'text :prefix "rhetor-")

(defcustom rhetor-pattern-sets nil
  "Pattern sets (files or folders) over the built-in ones." :type '(repeat file))
(defcustom rhetor-devices nil
  "Only these devices or families are shown; nil: all." :type '(repeat string))
(defcustom rhetor-delay 0.2
  "Seconds after the last change before the analysis begins." :type 'number)
(defcustom rhetor-budget 20000
  "Bytes analysed in one slice." :type 'integer)

(defface rhetor-facework '((t :underline (:color "MediumOrchid" :style line))) "Facework.")
(defface rhetor-inducement '((t :underline (:color "DarkOrange3" :style line))) "Inducement.")
(defface rhetor-voice '((t :underline (:color "DodgerBlue3" :style line))) "Voice and dialogue.")
(defface rhetor-appeals '((t :underline (:color "OliveDrab" :style line))) "Appeals.")
(defface rhetor-stance '((t :underline (:color "SlateBlue" :style line))) "Stance.")
(defface rhetor-schemes '((t :underline (:color "DarkCyan" :style line))) "Schemes.")
(defface rhetor-tropes '((t :underline (:color "IndianRed" :style line))) "Tropes.")
(defface rhetor-arrangement '((t :underline (:color "gray50" :style line))) "Arrangement.")

(defvar rhetor--folder (file-name-directory (or load-file-name buffer-file-name default-directory)))
(defvar rhetor--engine nil "The engine that all buffers share.")
(defvar rhetor--devices nil "Vector of [id name family definition].")

(defvar-local rhetor--document nil)
(defvar-local rhetor--timer nil)
(defvar-local rhetor--reports nil "Flymake's functions that wait for a result.")
(defvar-local rhetor--tags nil "What is shown: [id device start end score voice speaker].")

(defun rhetor--load ()
  "Load the module, or say in one sentence what is missing."
  (unless (featurep 'rhetor-module)
    (let ((path (or (locate-library "rhetor-module" nil (cons rhetor--folder load-path))
                    (locate-file (concat "rhetor-module" module-file-suffix) (cons rhetor--folder load-path)))))
      (unless path
        (signal 'rhetor-error (list "rhetor-module is not found: build it with make in librhetor, and put it into load-path")))
      (module-load path)))
  (unless rhetor--engine
    (setq rhetor--engine (rhetor-module-engine (vconcat (mapcar #'expand-file-name rhetor-pattern-sets)))
          rhetor--devices (vconcat (rhetor-module-devices rhetor--engine)))))

(defun rhetor--device (tag) (aref rhetor--devices (aref tag 1)))
(defun rhetor--id (tag) (aref (rhetor--device tag) 0))
(defun rhetor--family (tag) (aref (rhetor--device tag) 2))

(defun rhetor--wanted (tag)
  (or (null rhetor-devices)
      (member (rhetor--id tag) rhetor-devices)
      (member (rhetor--family tag) rhetor-devices)))

;;; Showing

(defun rhetor--face (family)
  (let ((face (intern (concat "rhetor-" family))))
    (if (facep face) face 'rhetor-tropes)))

(defun rhetor--show ()
  (remove-overlays nil nil 'rhetor t)
  (setq rhetor--tags (cl-remove-if-not #'rhetor--wanted (rhetor-module-tags rhetor--document)))
  (save-restriction
    (widen)
    (dolist (tag rhetor--tags)
      (let ((overlay (make-overlay (1+ (aref tag 2)) (1+ (aref tag 3)) nil t)))
        (overlay-put overlay 'rhetor t)
        (overlay-put overlay 'rhetor-tag tag)
        (overlay-put overlay 'face (rhetor--face (rhetor--family tag)))
        (overlay-put overlay 'help-echo (rhetor-module-message rhetor--document (aref tag 0))))))
  (rhetor--report))

(defun rhetor--slice (buffer)
  "Analyse a slice of BUFFER, and the rest when Emacs is idle again."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (setq rhetor--timer nil)
      (when rhetor--document
        (if (rhetor-module-step rhetor--document rhetor-budget)
            (setq rhetor--timer (run-with-timer 0.001 nil #'rhetor--slice buffer))
          (rhetor--show))))))

(defun rhetor--later ()
  (when rhetor--timer (cancel-timer rhetor--timer))
  (setq rhetor--timer (run-with-timer rhetor-delay nil #'rhetor--slice (current-buffer))))

(defun rhetor-wait ()
  "Finish the analysis of this buffer at once; for scripts and tests."
  (when rhetor--document
    (when rhetor--timer (cancel-timer rhetor--timer) (setq rhetor--timer nil))
    (while (rhetor-module-step rhetor--document rhetor-budget))
    (rhetor--show)))

;;; Edits

(defun rhetor--after-change (start end old-length)
  (when rhetor--document
    (condition-case nil
        (rhetor-module-replace rhetor--document (1- start) (+ (1- start) old-length)
                               (save-restriction (widen) (buffer-substring-no-properties start end)))
      (error (rhetor--open)))
    (rhetor--later)))

(defun rhetor--open ()
  (save-restriction
    (widen)
    (setq rhetor--document
          (rhetor-module-document rhetor--engine (buffer-substring-no-properties (point-min) (point-max))))))

;;; Flymake, eldoc

(defun rhetor--report ()
  (when rhetor--reports
    (let ((buffer (current-buffer)) (functions rhetor--reports))
      (setq rhetor--reports nil)
      (dolist (function functions)
        (funcall function
                 (mapcar (lambda (tag)
                           (flymake-make-diagnostic buffer (1+ (aref tag 2)) (1+ (aref tag 3)) :note
                                                    (format "%s: %s" (rhetor--id tag)
                                                            (rhetor-module-message rhetor--document (aref tag 0)))))
                         rhetor--tags))))))

(defun rhetor-flymake (report &rest _)
  "A flymake backend: calls REPORT with a note for each tag."
  (push report rhetor--reports)
  (unless rhetor--timer (rhetor--later)))

(defun rhetor--at (position)
  "Tags at POSITION, the shortest first."
  (let (found)
    (dolist (overlay (overlays-at position))
      (when-let ((tag (overlay-get overlay 'rhetor-tag))) (push tag found)))
    (sort found (lambda (a b) (< (- (aref a 3) (aref a 2)) (- (aref b 3) (aref b 2)))))))

(defun rhetor--eldoc (&rest _)
  (when-let ((tags (rhetor--at (point))))
    (mapconcat (lambda (tag) (format "%s: %s" (rhetor--id tag) (rhetor-module-message rhetor--document (aref tag 0))))
               tags "; ")))

;;; Commands

(defun rhetor-explain ()
  "Say what the tags at point are, and why."
  (interactive)
  (let ((tags (or (rhetor--at (point)) (user-error "No tag here"))) (document rhetor--document))
    (with-help-window "*rhetor*"
      (dolist (tag tags)
        (let ((device (rhetor--device tag)))
          (princ (format "%s (%s), score %.2f%s\n%s\n\n%s\n" (aref device 1) (aref device 2) (aref tag 4)
                         (if (eq (aref tag 5) 'author) ""
                           (format ", %s%s" (aref tag 5) (if (string-empty-p (aref tag 6)) "" (concat ", " (aref tag 6)))))
                         (aref device 3) (rhetor-module-explain document (aref tag 0)))))))))

(defun rhetor-next (&optional count)
  "Go to the COUNTth next tag; a negative one goes back."
  (interactive "p")
  (let* ((count (or count 1))
         (starts (delete-dups (sort (mapcar (lambda (tag) (1+ (aref tag 2))) rhetor--tags) #'<)))
         (rest (if (> count 0) (cl-remove-if-not (lambda (at) (> at (point))) starts)
                 (nreverse (cl-remove-if-not (lambda (at) (< at (point))) starts)))))
    (goto-char (or (nth (1- (abs count)) rest) (user-error "No more tags")))))

(defun rhetor-previous (&optional count)
  "Go to the COUNTth tag before."
  (interactive "p")
  (rhetor-next (- (or count 1))))

(defvar rhetor-list-mode-map
  (let ((map (make-sparse-keymap)))
    (set-keymap-parent map tabulated-list-mode-map)
    (define-key map (kbd "RET") #'rhetor-list-visit)
    map))

(define-derived-mode rhetor-list-mode tabulated-list-mode "rhetor"
  "The tags of a buffer; RET goes to one."
  (setq tabulated-list-format [("Line" 6 t) ("Device" 22 t) ("Score" 6 t) ("Text" 60 nil)])
  (tabulated-list-init-header))

(defun rhetor-list ()
  "List the tags of this buffer."
  (interactive)
  (let* ((buffer (current-buffer))
         (rows (mapcar (lambda (tag)
                         (let ((start (1+ (aref tag 2))))
                           (list (cons buffer start)
                                 (vector (number-to-string (line-number-at-pos start t)) (rhetor--id tag)
                                         (format "%.2f" (aref tag 4))
                                         (replace-regexp-in-string
                                          "[\n\r\t ]+" " " (buffer-substring-no-properties start (1+ (aref tag 3))))))))
                       rhetor--tags)))
    (pop-to-buffer (get-buffer-create "*rhetor list*"))
    (rhetor-list-mode)
    (setq tabulated-list-entries rows)
    (tabulated-list-print)))

(defun rhetor-list-visit ()
  "Go to the tag of this row."
  (interactive)
  (pcase (tabulated-list-get-id)
    (`(,buffer . ,at) (pop-to-buffer buffer) (goto-char at))))

(defun rhetor-summary ()
  "Devices by count."
  (interactive)
  (let (counts)
    (dolist (tag rhetor--tags) (cl-incf (alist-get (rhetor--id tag) counts 0 nil #'equal)))
    (setq counts (sort counts (lambda (a b) (or (> (cdr a) (cdr b)) (and (= (cdr a) (cdr b)) (string< (car a) (car b)))))))
    (with-help-window "*rhetor*"
      (dolist (row counts) (princ (format "%4d  %s\n" (cdr row) (car row)))))))

(defvar rhetor-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c r n") #'rhetor-next)
    (define-key map (kbd "C-c r p") #'rhetor-previous)
    (define-key map (kbd "C-c r e") #'rhetor-explain)
    (define-key map (kbd "C-c r l") #'rhetor-list)
    (define-key map (kbd "C-c r s") #'rhetor-summary)
    map))

;;;###autoload
(define-minor-mode rhetor-mode
  "Underline rhetorical devices in this buffer."
  :lighter " Rhetor" :keymap rhetor-mode-map
  (if rhetor-mode
      (condition-case failure
          (progn
            (rhetor--load)
            (rhetor--open)
            (add-hook 'after-change-functions #'rhetor--after-change nil t)
            (add-hook 'flymake-diagnostic-functions #'rhetor-flymake nil t)
            (if (boundp 'eldoc-documentation-functions)
                (add-hook 'eldoc-documentation-functions #'rhetor--eldoc nil t)
              (add-function :before-until (local 'eldoc-documentation-function) #'rhetor--eldoc))
            (rhetor--later))
        (error (setq rhetor-mode nil) (signal (car failure) (cdr failure))))
    (when rhetor--timer (cancel-timer rhetor--timer))
    (remove-hook 'after-change-functions #'rhetor--after-change t)
    (remove-hook 'flymake-diagnostic-functions #'rhetor-flymake t)
    (if (boundp 'eldoc-documentation-functions)
        (remove-hook 'eldoc-documentation-functions #'rhetor--eldoc t)
      (remove-function (local 'eldoc-documentation-function) #'rhetor--eldoc))
    (remove-overlays nil nil 'rhetor t)
    (setq rhetor--document nil rhetor--timer nil rhetor--tags nil)))

(provide 'rhetor-mode)
;;; rhetor-mode.el ends here
