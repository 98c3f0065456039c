(* What a term does along a sequence that falls to zero: its leading term, e^m c. *)

From Axiomkd Require Import Core Rules Means Limits.
From Coq Require Import List.

Definition eventually (P : nat -> Prop) : Prop := exists N, forall n, (n >= N)%nat -> P n.
Lemma eventually_always : forall P : nat -> Prop, (forall n, P n) -> eventually P.
Proof. intros P H. exists O. intros n _. apply H. Qed.
Lemma eventually_so : forall P Q : nat -> Prop, (forall n, P n -> Q n) -> eventually P -> eventually Q.
Proof. intros P Q I [N H]. exists N. intros n L. apply I, H, L. Qed.
Lemma eventually_both : forall P Q : nat -> Prop, eventually P -> eventually Q -> eventually (fun n => P n /\ Q n).
Proof. intros P Q [N H] [M G]. exists (max N M). intros n L. split; [apply H | apply G]; lia. Qed.
Lemma eventually_two : forall (op : R -> R -> R) a b x y,
  eventually (fun n => a n = x n) -> eventually (fun n => b n = y n) -> eventually (fun n => op (a n) (b n) = op (x n) (y n)).
Proof.
  intros op a b x y A B. apply (eventually_so _ _ (fun n H => f_equal2 op (proj1 H) (proj2 H)) (eventually_both _ _ A B)).
Qed.
Lemma eventually_one : forall (op : R -> R) a x,
  eventually (fun n => a n = x n) -> eventually (fun n => op (a n) = op (x n)).
Proof. intros op a x. apply eventually_so. intros n H. rewrite H. reflexivity. Qed.
Lemma eventually_trans : forall a b c : nat -> R,
  eventually (fun n => a n = b n) -> eventually (fun n => b n = c n) -> eventually (fun n => a n = c n).
Proof.
  intros a b c A B. apply (eventually_so _ _ (fun n H => eq_trans (proj1 H) (proj2 H)) (eventually_both _ _ A B)).
Qed.

Lemma eventually_less : forall a b x y : nat -> R, eventually (fun n => a n = x n) -> eventually (fun n => b n = y n) ->
  eventually (fun n => x n < y n) -> eventually (fun n => a n < b n).
Proof.
  intros a b x y A B L. refine (eventually_so _ _ _ (eventually_both _ _ L (eventually_both _ _ A B))).
  intros n [X [Y Z]]. rewrite Y, Z. exact X.
Qed.
Lemma eventually_equal : forall a b x y : nat -> R, eventually (fun n => a n = x n) -> eventually (fun n => b n = y n) ->
  eventually (fun n => x n = y n) -> eventually (fun n => a n = b n).
Proof.
  intros a b x y A B L. refine (eventually_so _ _ _ (eventually_both _ _ L (eventually_both _ _ A B))).
  intros n [X [Y Z]]. rewrite Y, Z. exact X.
Qed.
Lemma same_of_difference : forall a b, b + -1 * a = 0 -> a = b.
Proof. intros; lra. Qed.

Fixpoint horner (l : list R) (x : R) : R := match l with nil => 0 | cons a r => a + x * horner r x end.
Fixpoint horner_low (c : R) (l : list R) : R := match l with nil => 0 | cons a r => a + Rmin 0 (c * horner_low c r) end.
Lemma horner_above : forall l x c, 0 <= x <= c -> horner_low c l <= horner l x.
Proof.
  induction l as [|a r IH]; intros x c H; simpl; [lra|]. specialize (IH x c H).
  assert (Rmin 0 (c * horner_low c r) <= x * horner r x); [|lra].
  assert (x * horner_low c r <= x * horner r x) by (apply Rmult_le_compat_l; lra).
  destruct (Rle_lt_dec 0 (horner_low c r)) as [P | N].
  - assert (0 <= x * horner_low c r) by (apply Rmult_le_pos; lra). generalize (Rmin_l 0 (c * horner_low c r)). lra.
  - assert (c * horner_low c r <= x * horner_low c r).
    { rewrite (Rmult_comm c), (Rmult_comm x). apply Rmult_le_compat_neg_l; lra. }
    generalize (Rmin_r 0 (c * horner_low c r)). lra.
Qed.
Lemma polynomial_gt_0 : forall f x c m l, f = x ^ m * horner l x -> 0 < x -> x <= c -> 0 < horner_low c l -> 0 < f.
Proof.
  intros f x c m l -> P L H. apply Rmult_lt_0_compat; [apply pow_lt, P|].
  eapply Rlt_le_trans; [exact H | apply horner_above; lra].
Qed.

(* f n = e n ^ m (c + o(1)) *)
Definition leading (e f : nat -> R) (m c : R) : Prop :=
  exists g, Un_cv g c /\ eventually (fun n => f n = rpow (e n) m * g n).

Lemma nothing_times : forall f h : nat -> R, eventually (fun n => f n = 0) -> eventually (fun n => f n * h n = 0).
Proof. intros f h. apply eventually_so. intros n H. rewrite H. ring. Qed.
Lemma times_nothing : forall f h : nat -> R, eventually (fun n => h n = 0) -> eventually (fun n => f n * h n = 0).
Proof. intros f h. apply eventually_so. intros n H. rewrite H. ring. Qed.
Lemma nothing_plus_nothing : forall f h : nat -> R,
  eventually (fun n => f n = 0) -> eventually (fun n => h n = 0) -> eventually (fun n => f n + h n = 0).
Proof.
  intros f h F H. refine (eventually_so _ _ _ (eventually_both _ _ F H)). intros n [X Y]. rewrite X, Y. ring.
Qed.
Lemma power_of_nothing : forall f h : nat -> R,
  eventually (fun n => f n = 0) -> eventually (fun n => 0 < h n) -> eventually (fun n => rpow (f n) (h n) = 0).
Proof.
  intros f h F H. refine (eventually_so _ _ _ (eventually_both _ _ F H)). intros n [X Y]. rewrite X. apply rpow_0_l, Y.
Qed.
Lemma nothing_tends : forall f, eventually (fun n => f n = 0) -> Un_cv f 0.
Proof. intros f [N H]. apply (cv_eventually f (fun _ => 0) 0 N H), cv_const. Qed.
Lemma tends_like : forall f h l, eventually (fun n => f n = h n) -> Un_cv h l -> Un_cv f l.
Proof. intros f h l [N H]. apply (cv_eventually f h l N H). Qed.
Lemma two_limits : forall a b x l m, Un_cv a x -> Un_cv b x -> Un_cv a l -> Un_cv b m -> l < m -> False.
Proof.
  intros a b x l m A B L M H. generalize (UL_sequence a x l A L), (UL_sequence b x m B M). lra.
Qed.

Section Leading.
Variable e : nat -> R.
Hypothesis E : to_zero e.

Lemma cv_horner : forall l, Un_cv (fun n => horner l (e n)) (hd 0 l).
Proof.
  induction l as [|a r IH]; simpl; [apply cv_const|].
  assert (Un_cv (fun n => a + e n * horner r (e n)) (a + 0 * hd 0 r)) as H.
  { apply (CV_plus (fun _ => a) (fun n => e n * horner r (e n))); [apply cv_const|].
    apply (CV_mult e (fun n => horner r (e n))); [apply E | exact IH]. }
  rewrite Rmult_0_l, Rplus_0_r in H. exact H.
Qed.
Lemma cv_polynomial : forall f l, (forall n, f n = horner l (e n)) -> Un_cv f (hd 0 l).
Proof. intros f l H. apply (cv_ext f (fun n => horner l (e n))); [exact H | apply cv_horner]. Qed.
Lemma leading_polynomial : forall f m l, (forall n, f n = e n ^ m * horner l (e n)) ->
  leading e f (IZR (Z.of_nat m)) (hd 0 l).
Proof.
  intros f m l H. exists (fun n => horner l (e n)). split; [apply cv_horner|]. apply eventually_always.
  intros n. rewrite rpow_nat. apply H.
Qed.
Lemma leading_limit : forall f c, Un_cv f c -> leading e f 0 c.
Proof.
  intros f c H. exists f. split; [exact H|]. apply eventually_always. intros n. rewrite rpow_0_r. ring.
Qed.
Lemma leading_eventually : forall f h m c, eventually (fun n => f n = h n) -> leading e h m c -> leading e f m c.
Proof. intros f h m c H [g [C G]]. exists g. split; [exact C|]. apply (eventually_trans f h); assumption. Qed.
Lemma leading_order : forall f m k c, m = k -> leading e f m c -> leading e f k c.
Proof. intros f m k c <-. auto. Qed.
Lemma leading_rpow_0 : forall f, leading e (fun n => rpow (f n) 0) 0 1.
Proof.
  intros f. apply leading_limit. apply (cv_ext _ (fun _ => 1)); [intros n; apply rpow_0_r | apply cv_const].
Qed.
Lemma leading_plus_nothing : forall f h m c, eventually (fun n => h n = 0) -> leading e f m c ->
  leading e (fun n => f n + h n) m c.
Proof.
  intros f h m c H. apply leading_eventually. refine (eventually_so _ _ _ H). intros n X. rewrite X. ring.
Qed.
Lemma leading_nothing_plus : forall f h m c, eventually (fun n => f n = 0) -> leading e h m c ->
  leading e (fun n => f n + h n) m c.
Proof.
  intros f h m c H. apply leading_eventually. refine (eventually_so _ _ _ H). intros n X. rewrite X. ring.
Qed.
Lemma rpow_split : forall n m k, rpow (e n) (m + k) = rpow (e n) m * rpow (e n) k.
Proof. intros n m k. rewrite !rpow_pos by apply E. rewrite <- exp_plus. f_equal. ring. Qed.
Lemma leading_times : forall f h m k c d, leading e f m c -> leading e h k d ->
  leading e (fun n => f n * h n) (m + k) (c * d).
Proof.
  intros f h m k c d [g [A G]] [g' [B G']]. exists (fun n => g n * g' n). split; [apply CV_mult; assumption|].
  refine (eventually_so _ _ _ (eventually_both _ _ G G')). intros n [X Y]. rewrite rpow_split, X, Y. ring.
Qed.
Lemma leading_plus : forall f h m c d, leading e f m c -> leading e h m d ->
  leading e (fun n => f n + h n) m (c + d).
Proof.
  intros f h m c d [g [A G]] [g' [B G']]. exists (fun n => g n + g' n). split; [apply CV_plus; assumption|].
  refine (eventually_so _ _ _ (eventually_both _ _ G G')). intros n [X Y]. rewrite X, Y. ring.
Qed.
Lemma cv_scale : forall m, 0 < m -> Un_cv (fun n => rpow (e n) m) 0.
Proof. intros m H. apply cv_rpow_to_zero; [apply E | intros n; left; apply E | exact H]. Qed.
Lemma leading_first : forall f h m k c d, m < k -> leading e f m c -> leading e h k d ->
  leading e (fun n => f n + h n) m c.
Proof.
  intros f h m k c d L [g [A G]] [g' [B G']]. exists (fun n => g n + rpow (e n) (k + -1 * m) * g' n). split.
  - replace c with (c + 0 * d) by ring. apply (CV_plus g); [exact A|].
    apply (CV_mult (fun n => rpow (e n) (k + -1 * m)) g'); [apply cv_scale; lra | exact B].
  - refine (eventually_so _ _ _ (eventually_both _ _ G G')). intros n [X Y]. rewrite X, Y.
    rewrite Rmult_plus_distr_l, <- Rmult_assoc, <- rpow_split. replace (m + (k + -1 * m)) with k by ring. reflexivity.
Qed.
Lemma leading_second : forall f h m k c d, k < m -> leading e f m c -> leading e h k d ->
  leading e (fun n => f n + h n) k d.
Proof.
  intros f h m k c d L A B. apply (leading_eventually _ (fun n => h n + f n)).
  - apply eventually_always. intros n. apply Rplus_comm.
  - apply (leading_first h f k m d c L B A).
Qed.
Lemma leading_rpow : forall f m c a, 0 < c -> leading e f m c -> leading e (fun n => rpow (f n) a) (m * a) (rpow c a).
Proof.
  intros f m c a P [g [A G]]. exists (fun n => rpow (g n) a). split.
  - apply (cv_rpow_positive g c (fun _ => a)); [exact A | apply cv_const | exact P].
  - assert (eventually (fun n => 0 < g n)) as S by exact (cv_above g c 0 A P).
    refine (eventually_so _ _ _ (eventually_both _ _ G S)). intros n [X Y]. rewrite X.
    rewrite (rpow_pos (e n)), (rpow_pos (g n)), (rpow_pos (e n)) by (apply E || exact Y).
    rewrite rpow_pos by (apply Rmult_lt_0_compat; [apply exp_pos | exact Y]).
    rewrite ln_mult by (apply exp_pos || exact Y). rewrite ln_exp, <- exp_plus. f_equal. ring.
Qed.
Lemma leading_inverse : forall f m c, c <> 0 -> leading e f m c ->
  leading e (fun n => rpow (f n) (-1)) (m * (-1)) (rpow c (-1)).
Proof.
  intros f m c P [g [A G]]. exists (fun n => rpow (g n) (-1)). split; [apply cv_inverse; assumption|].
  refine (eventually_so _ _ _ G). intros n X. rewrite X, !rpow_inv, Rinv_mult.
  rewrite !rpow_pos by apply E. rewrite <- exp_Ropp. f_equal. f_equal. ring.
Qed.
Lemma leading_tends : forall f c, leading e f 0 c -> Un_cv f c.
Proof.
  intros f c [g [A [N G]]]. apply (cv_eventually f g c N); [|exact A].
  intros n L. rewrite (G n L), rpow_0_r. ring.
Qed.
Lemma leading_vanishes : forall f m c, 0 < m -> leading e f m c -> Un_cv f 0.
Proof.
  intros f m c P [g [A [N G]]]. apply (cv_eventually f _ 0 N G).
  replace 0 with (0 * c) by ring. apply (CV_mult (fun n => rpow (e n) m) g); [apply cv_scale, P | exact A].
Qed.
Lemma leading_above : forall f m c, 0 < c -> leading e f m c -> eventually (fun n => 0 < f n).
Proof.
  intros f m c P [g [A G]]. assert (eventually (fun n => 0 < g n)) as S by exact (cv_above g c 0 A P).
  refine (eventually_so _ _ _ (eventually_both _ _ G S)). intros n [X Y]. rewrite X.
  apply Rmult_lt_0_compat; [rewrite rpow_pos by apply E; apply exp_pos | exact Y].
Qed.
Lemma leading_below : forall a b m c, 0 < c -> leading e (fun n => b n + -1 * a n) m c -> eventually (fun n => a n < b n).
Proof.
  intros a b m c P L. refine (eventually_so _ _ _ (leading_above _ m c P L)). intros n H. lra.
Qed.
End Leading.

Lemma falling_steps : forall c, 0 < c -> to_zero (fun n => c * / INR (S n)) /\ forall n, c * / INR (S n) <= c.
Proof.
  intros c P. assert (Q : forall n, 0 < / INR (S n) <= 1).
  { intros n. split; [apply Rinv_0_lt_compat, lt_0_INR; lia|]. replace 1 with (/ 1) by apply Rinv_1.
    apply Rinv_le_contravar; [lra|]. replace 1 with (INR 1) by reflexivity. apply le_INR. lia. }
  split; [split|].
  - intros n. apply Rmult_lt_0_compat; [exact P | apply Q].
  - replace 0 with (c * 0) by ring. apply (CV_mult (fun _ => c) (fun n => / INR (S n))); [apply cv_const|].
    intros d D. destruct (archimed_cor1 d D) as [N [A B]]. exists N. intros n L. unfold R_dist.
    rewrite Rminus_0_r, Rabs_pos_eq by (left; apply Q). eapply Rle_lt_trans; [|exact A].
    apply Rinv_le_contravar; [apply lt_0_INR, B | apply le_INR; lia].
  - intros n. generalize (Rmult_le_compat_l c _ 1 (Rlt_le _ _ P) (proj2 (Q n))). lra.
Qed.
